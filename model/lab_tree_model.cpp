// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lab_tree_model.h"

#include "model/lab_tree_contents.h"

#include <utility>

namespace tideline::model {

LabTreeModel::LabTreeModel(LabTreeWording wording, QObject* parent)
    : QAbstractItemModel(parent)
    , wording_(std::move(wording))
{}

void LabTreeModel::setFrame(const FramePtr& frame)
{
    if (!frame) {
        beginResetModel();
        nodes_.clear();
        sections_.clear();
        endResetModel();
        return;
    }
    std::vector<LabTreeSection> wanted;
    for (int i = 0; i < kLabTreeSections; ++i) {
        if (!labTreeItems(static_cast<LabTreeSection>(i), *frame).empty())
            wanted.push_back(static_cast<LabTreeSection>(i));
    }
    std::vector<LabTreeSection> shown;
    for (const int node : sections_)
        shown.push_back(nodes_[static_cast<std::size_t>(node)].section);
    if (wanted != shown)
        return rebuild(*frame);
    for (const int section : sections_) {
        updateChildren(section, labTreeItems(nodes_[static_cast<std::size_t>(section)].section, *frame),
                       *frame);
        const std::vector<int> items = nodes_[static_cast<std::size_t>(section)].children;
        for (const int item : items)
            updateChildren(item, labTreeChildren(nodes_[static_cast<std::size_t>(item)].selection, *frame),
                           *frame);
    }
    updateWords(*frame);
}

void LabTreeModel::rebuild(const Frame& frame)
{
    beginResetModel();
    nodes_.clear();
    sections_.clear();
    for (int i = 0; i < kLabTreeSections; ++i) {
        const auto section = static_cast<LabTreeSection>(i);
        const std::vector<Selection> items = labTreeItems(section, frame);
        if (items.empty())
            continue;
        const int node = addNode(section, {}, -1, frame);
        sections_.push_back(node);
        for (const Selection& item : items) {
            const int itemNode = addNode(section, item, node, frame);
            for (const Selection& child : labTreeChildren(item, frame))
                addNode(section, child, itemNode, frame);
        }
    }
    endResetModel();
}

// Rows after the common beginning go and come; nodes of rows that went stay unused until the next rebuild.
void LabTreeModel::updateChildren(int node, const std::vector<Selection>& wanted, const Frame& frame)
{
    const auto at = static_cast<std::size_t>(node);
    std::size_t common = 0;
    while (common < wanted.size() && common < nodes_[at].children.size() &&
           nodes_[static_cast<std::size_t>(nodes_[at].children[common])].selection == wanted[common])
        ++common;
    if (common < nodes_[at].children.size()) {
        beginRemoveRows(indexOfNode(node), static_cast<int>(common),
                        static_cast<int>(nodes_[at].children.size()) - 1);
        nodes_[at].children.resize(common);
        endRemoveRows();
    }
    if (common < wanted.size()) {
        beginInsertRows(indexOfNode(node), static_cast<int>(common), static_cast<int>(wanted.size()) - 1);
        for (std::size_t i = common; i < wanted.size(); ++i)
            addNode(nodes_[at].section, wanted[i], node, frame);
        endInsertRows();
    }
}

void LabTreeModel::updateWords(const Frame& frame)
{
    const auto update = [&](int node) {
        Node& at = nodes_[static_cast<std::size_t>(node)];
        LabTreeWords words = wording_(at.section, at.selection, frame);
        if (words == at.words)
            return;
        at.words = std::move(words);
        const QModelIndex changed = indexOfNode(node);
        emit dataChanged(changed, changed);
    };
    for (const int section : sections_) {
        update(section);
        for (const int item : nodes_[static_cast<std::size_t>(section)].children) {
            update(item);
            for (const int child : nodes_[static_cast<std::size_t>(item)].children)
                update(child);
        }
    }
}

int LabTreeModel::addNode(LabTreeSection section, const Selection& selection, int parent, const Frame& frame)
{
    const int node = static_cast<int>(nodes_.size());
    nodes_.push_back({section, selection, wording_(section, selection, frame), parent, {}});
    if (parent >= 0)
        nodes_[static_cast<std::size_t>(parent)].children.push_back(node);
    return node;
}

QModelIndex LabTreeModel::indexOfNode(int node) const
{
    const int parent = nodes_[static_cast<std::size_t>(node)].parent;
    const std::vector<int>& siblings =
        parent < 0 ? sections_ : nodes_[static_cast<std::size_t>(parent)].children;
    for (std::size_t row = 0; row < siblings.size(); ++row) {
        if (siblings[row] == node)
            return createIndex(static_cast<int>(row), 0, static_cast<quintptr>(node));
    }
    return {};
}

const std::vector<int>& LabTreeModel::childrenOf(const QModelIndex& parent) const
{
    return parent.isValid() ? nodes_[parent.internalId()].children : sections_;
}

Selection LabTreeModel::selectionAt(const QModelIndex& index) const
{
    return index.isValid() ? nodes_[index.internalId()].selection : Selection{};
}

QModelIndex LabTreeModel::indexOf(const Selection& selection) const
{
    if (selection.kind == Selection::Kind::None)
        return {};
    const auto isIt = [&](int node) { return nodes_[static_cast<std::size_t>(node)].selection == selection; };
    for (const int section : sections_) {
        for (const int item : nodes_[static_cast<std::size_t>(section)].children) {
            if (isIt(item))
                return indexOfNode(item);
            for (const int child : nodes_[static_cast<std::size_t>(item)].children) {
                if (isIt(child))
                    return indexOfNode(child);
            }
        }
    }
    return {};
}

QModelIndex LabTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, static_cast<quintptr>(childrenOf(parent)[static_cast<std::size_t>(row)]));
}

QModelIndex LabTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const int parent = nodes_[child.internalId()].parent;
    return parent < 0 ? QModelIndex() : indexOfNode(parent);
}

int LabTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(childrenOf(parent).size());
}

int LabTreeModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant LabTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& node = nodes_[index.internalId()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return node.words.detail.isEmpty() ? node.words.name
                                           : node.words.name + QStringLiteral(" · ") + node.words.detail;
    case NameRole:
        return node.words.name;
    case DetailRole:
        return node.words.detail;
    case ToneRole:
        return static_cast<int>(node.words.tone);
    case SectionRole:
        return node.parent < 0;
    default:
        return {};
    }
}

QVariant LabTreeModel::headerData(int, Qt::Orientation, int) const
{
    return {};
}

Qt::ItemFlags LabTreeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const bool section = nodes_[index.internalId()].parent < 0;
    return section ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace tideline::model
