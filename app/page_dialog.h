// SPDX-License-Identifier: GPL-3.0-or-later
// PageDialog: a page of text in a window of its own: help, shortcuts, about.
#pragma once

#include <QDialog>

namespace tideline::app {

class PageDialog : public QDialog
{
    Q_OBJECT
public:
    // Deletes itself when it is closed.
    PageDialog(const QString& title, const QString& richText, QWidget* parent);
};

} // namespace tideline::app
