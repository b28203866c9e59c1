// SPDX-License-Identifier: GPL-3.0-or-later
// PromisesPanel: two lists that are never one: guarantees, which may break because a person chose so, and
// invariants, whose breaking means that the engine has a bug. GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace tideline::widgets {

struct Promise
{
    QString text;
    bool holds = true;
    bool judged = true;
    bool operator==(const Promise&) const = default;
};

std::vector<Promise> guaranteePromises(const Frame& frame);
std::vector<Promise> invariantPromises(const Frame& frame);

class PromisesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit PromisesPanel(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);
    // What stands in the lists, a line each: for tests and screen readers.
    QStringList guarantees() const;
    QStringList invariants() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    struct List
    {
        QVBoxLayout* rows = nullptr;
        std::vector<Promise> shown;
        std::vector<QLabel*> labels;
    };

    List makeList(const QString& title);
    void show(List& list, const std::vector<Promise>& promises);
    void dress(List& list);

    List guarantees_;
    List invariants_;
};

} // namespace tideline::widgets
