// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of HTML that every part of the report is made from; all text goes through escaped(). Pure functions.
#pragma once

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace tideline::widgets::report {

QString escaped(const QString& text);
QString paragraph(const QString& text);
QString heading(int level, const QString& text);

// A table that a screen reader can walk: caption, column headers, the first cell of each row as its header.
// Cells are escaped; columns after the first are set as numbers, or as words.
enum class Cells { Numbers, Words };
QString table(const QString& caption, const QStringList& header, const std::vector<QStringList>& rows,
              Cells cells = Cells::Numbers);

// Names and values in two columns.
QString definitions(const std::vector<std::pair<QString, QString>>& entries);

} // namespace tideline::widgets::report
