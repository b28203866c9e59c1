// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene_accessible.h"

#include "widgets/scene/scene_view.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <vector>

namespace tideline::widgets {

namespace {

QAccessible::Role qtRole(RegionRole role)
{
    switch (role) {
    case RegionRole::Group:
        return QAccessible::Grouping;
    case RegionRole::Item:
        return QAccessible::ListItem;
    case RegionRole::Cell:
        return QAccessible::Cell;
    case RegionRole::Button:
        return QAccessible::Button;
    case RegionRole::Value:
        return QAccessible::StaticText;
    }
    return QAccessible::StaticText;
}

// One region of the scene that a view shows at the moment. It keeps its number only: after a rebuild it
// speaks for the region that has this number then, and is invalid when there is none.
class RegionAccessible final : public QAccessibleInterface
{
public:
    RegionAccessible(SceneView* view, int index)
        : view_(view)
        , index_(index)
    {}

    bool isValid() const override { return index_ < static_cast<int>(view_->scene().regions.size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(view_); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        if (kind == QAccessible::Name)
            return region().name;
        if (kind == QAccessible::Description)
            return view_->tooltipAt(index_);
        return {};
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = region().rect.toAlignedRect();
        return QRect(view_->mapToGlobal(local.topLeft()), local.size());
    }
    QAccessible::Role role() const override
    {
        return isValid() ? qtRole(region().role) : QAccessible::NoRole;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = region().focusable;
        state.focused = view_->hasFocus() && view_->focused() == index_;
        state.selectable = region().selection.kind != Selection::Kind::None;
        state.selected = state.selectable && region().selection == view_->selection();
        state.readOnly = true;
        return state;
    }

private:
    const HitRegion& region() const { return view_->scene().regions[static_cast<std::size_t>(index_)]; }

    SceneView* view_;
    int index_;
};

class SceneAccessible final : public QAccessibleWidget
{
public:
    explicit SceneAccessible(SceneView* view)
        : QAccessibleWidget(view, QAccessible::Canvas)
        , view_(view)
    {}
    ~SceneAccessible() override
    {
        for (const QAccessible::Id id : children_)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(view_->scene().regions.size()); }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (static_cast<int>(children_.size()) <= index) {
            const int next = static_cast<int>(children_.size());
            children_.push_back(QAccessible::registerAccessibleInterface(new RegionAccessible(view_, next)));
        }
        return QAccessible::accessibleInterface(children_[static_cast<std::size_t>(index)]);
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(regionAt(view_->scene(), view_->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface* focusChild() const override
    {
        return view_->hasFocus() ? child(view_->focused()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override
    {
        for (std::size_t i = 0; i < children_.size(); ++i) {
            if (QAccessible::accessibleInterface(children_[i]) == wanted)
                return static_cast<int>(i);
        }
        return -1;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name)
            return view_->scene().name;
        if (kind == QAccessible::Description)
            return view_->scene().description;
        return QAccessibleWidget::text(kind);
    }

private:
    SceneView* view_;
    mutable std::vector<QAccessible::Id> children_;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* const view = qobject_cast<SceneView*>(object);
    return view ? new SceneAccessible(view) : nullptr;
}

} // namespace

void installSceneAccessibility()
{
    QAccessible::installFactory(makeAccessible); // a factory that is there already is not added twice
}

} // namespace tideline::widgets
