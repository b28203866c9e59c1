// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/document_recovery.h"

#include "model/document.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace tideline::model {

namespace {

const QString kPath = QStringLiteral("path");
const QString kText = QStringLiteral("text");

} // namespace

std::optional<Error> DocumentRecovery::keep(const UnsavedDocument& document) const
{
    const QString name = QString::fromStdString(file_);
    QDir().mkpath(QFileInfo(name).absolutePath());
    const QJsonObject object{{kPath, QString::fromStdString(document.path)},
                             {kText, QString::fromStdString(document.text)}};
    return writeFile(file_, QJsonDocument(object).toJson().toStdString(), "the copy for recovery");
}

std::optional<UnsavedDocument> DocumentRecovery::found() const
{
    QFile file(QString::fromStdString(file_));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    if (!object.value(kText).isString())
        return std::nullopt;
    return UnsavedDocument{object.value(kPath).toString().toStdString(),
                           object.value(kText).toString().toStdString()};
}

void DocumentRecovery::forget() const
{
    QFile::remove(QString::fromStdString(file_));
}

} // namespace tideline::model
