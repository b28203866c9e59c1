// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scenario_chooser.h"

#include "app/resource_places.h"
#include "engine/lab/scenario_reader.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace tideline::app {

namespace {

constexpr int kPath = Qt::UserRole;
constexpr int kDescription = Qt::UserRole + 1;

} // namespace

ScenarioChooser::ScenarioChooser(const QStringList& files, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Scenarios"));
    resize(560, 440);
    auto* layout = new QVBoxLayout(this);
    list_ = new QListWidget(this);
    list_->setAccessibleName(tr("Scenarios that come with Tideline"));
    auto* description = new QLabel(this);
    description->setWordWrap(true);
    description->setTextFormat(Qt::PlainText);
    description->setMinimumHeight(60);
    description->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    layout->addWidget(list_, 1);
    layout->addWidget(description);
    layout->addWidget(buttons);

    for (const QString& file : files) {
        const ScenarioRead read = readScenarioFile(file.toStdString(), logFolders());
        const Scenario* scenario = std::get_if<Scenario>(&read);
        if (!scenario)
            continue;
        auto* item = new QListWidgetItem(QString::fromStdString(scenario->title), list_);
        item->setData(kPath, file);
        item->setData(kDescription, QString::fromStdString(scenario->description));
    }
    connect(list_, &QListWidget::currentItemChanged, this, [description](QListWidgetItem* item) {
        description->setText(item ? item->data(kDescription).toString() : QString());
    });
    connect(list_, &QListWidget::itemActivated, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    list_->setCurrentRow(0);
}

QString ScenarioChooser::chosen() const
{
    return list_->currentItem() ? list_->currentItem()->data(kPath).toString() : QString();
}

} // namespace tideline::app
