// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/create_topic_dialog.h"

#include "engine/cluster/topic_name.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace tideline::widgets {

namespace {

constexpr int kMostPartitions = 10'000;
constexpr int kUsualReplicas = 3;

QSpinBox* spinBox(int most, int value, const QString& name)
{
    auto* box = new QSpinBox;
    box->setRange(1, most);
    box->setValue(std::min(value, most));
    box->setObjectName(name);
    return box;
}

} // namespace

CreateTopicDialog::CreateTopicDialog(int brokers, const QString& name, QWidget* parent)
    : QDialog(parent)
    , name_(new QLineEdit(name))
    , fault_(new QLabel)
    , partitions_(spinBox(kMostPartitions, 1, QStringLiteral("partitions")))
    , replicas_(spinBox(std::max(1, brokers), kUsualReplicas, QStringLiteral("replicas")))
    , buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setWindowTitle(tr("Create topic"));
    name_->setObjectName(QStringLiteral("name"));
    name_->selectAll();
    fault_->setObjectName(QStringLiteral("fault"));
    fault_->setWordWrap(true);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Name"), name_);
    form->addRow(QString(), fault_);
    form->addRow(tr("&Partitions"), partitions_);
    form->addRow(tr("&Replication factor"), replicas_);
    form->addRow(buttons_);
    buttons_->button(QDialogButtonBox::Ok)->setText(tr("Create"));
    connect(name_, &QLineEdit::textChanged, this, [this] { judgeName(); });
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons_, &QDialogButtonBox::accepted, this, [this] {
        emit topicWanted(
            CreateTopic{name_->text().toStdString(), partitions_->value(), replicas_->value(), {}, {}});
        accept();
    });
    judgeName();
}

void CreateTopicDialog::judgeName()
{
    const QString fault = QString::fromStdString(control::topicNameFault(name_->text().toStdString()));
    fault_->setText(fault);
    fault_->setVisible(!fault.isEmpty());
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(fault.isEmpty());
}

} // namespace tideline::widgets
