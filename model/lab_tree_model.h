// SPDX-License-Identifier: GPL-3.0-or-later
// LabTreeModel: what the run consists of, as a tree: producers, topics, brokers, controllers, groups with
// members, pipelines.
//
// 1. A node is found by its selection, and rows only ever come and go at the end of their parent, so a new
// frame of the same run
//    never resets the model; only a run with other sections does.
// 2. Words come from the function given to it; a node whose words are the same as before is not touched.
// GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QAbstractItemModel>
#include <QString>

#include <functional>
#include <vector>

namespace tideline::model {

// How a node is doing; shown by words, a colour only supports them.
enum class LabTreeTone : std::uint8_t { Plain, Quiet /* stopped, empty */, Good, Attention, Bad };

struct LabTreeWords
{
    QString name;
    QString detail; // state and numbers; may be empty
    LabTreeTone tone = LabTreeTone::Plain;
    bool operator==(const LabTreeWords&) const = default;
};

enum class LabTreeSection : std::uint8_t {
    Producers,
    Topics,
    Brokers,
    Controllers,
    Groups,
    Pipelines,
    Queues
};
inline constexpr int kLabTreeSections = 7;

// Words of a node: of a section when `selection.kind` is None.
using LabTreeWording = std::function<LabTreeWords(LabTreeSection, const Selection&, const Frame&)>;

class LabTreeModel : public QAbstractItemModel
{
public:
    enum Role {
        NameRole = Qt::UserRole,
        DetailRole,
        ToneRole,    // LabTreeTone as int
        SectionRole, // true for a section
    };

    explicit LabTreeModel(LabTreeWording wording, QObject* parent = nullptr);

    void setFrame(const FramePtr& frame);
    // Kind::None for a section.
    Selection selectionAt(const QModelIndex& index) const;
    // Invalid when the tree does not hold it.
    QModelIndex indexOf(const Selection& selection) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    // Nodes live in one list and name each other by their place in it, which an index carries as its id.
    struct Node
    {
        LabTreeSection section = LabTreeSection::Producers;
        Selection selection;
        LabTreeWords words;
        int parent = -1; // -1: a section
        std::vector<int> children;
    };

    void rebuild(const Frame& frame);
    void updateChildren(int node, const std::vector<Selection>& wanted, const Frame& frame);
    void updateWords(const Frame& frame);
    int addNode(LabTreeSection section, const Selection& selection, int parent, const Frame& frame);
    QModelIndex indexOfNode(int node) const;
    const std::vector<int>& childrenOf(const QModelIndex& parent) const;

    LabTreeWording wording_;
    std::vector<Node> nodes_;
    std::vector<int> sections_; // nodes without parent, in the order of LabTreeSection; only those that have
                                // anything in them
};

} // namespace tideline::model
