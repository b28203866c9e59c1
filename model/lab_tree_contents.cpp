// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lab_tree_contents.h"

namespace tideline::model {

namespace {

Selection select(Selection::Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

std::vector<Selection> countTo(Selection::Kind kind, std::size_t count)
{
    std::vector<Selection> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back(select(kind, static_cast<std::int32_t>(i)));
    return items;
}

std::vector<Selection> topics(const Directory& names)
{
    std::vector<Selection> items;
    for (std::size_t i = 0; i < names.topics.size(); ++i) {
        if (!names.topics[i].internal && !names.topics[i].deleted)
            items.push_back(select(Selection::Kind::Topic, static_cast<std::int32_t>(i)));
    }
    return items;
}

} // namespace

std::vector<Selection> labTreeItems(LabTreeSection section, const Frame& frame)
{
    using Kind = Selection::Kind;
    if (!frame.names)
        return {};
    std::vector<Selection> items;
    switch (section) {
    case LabTreeSection::Producers:
        return countTo(Kind::Producer, frame.names->producers.size());
    case LabTreeSection::Topics:
        return topics(*frame.names);
    case LabTreeSection::Brokers:
        for (const ClusterFrame::Broker& broker : frame.cluster.brokers)
            items.push_back(select(Kind::Broker, broker.id));
        return items;
    case LabTreeSection::Controllers:
        for (const ClusterFrame::Controller& controller : frame.cluster.controllers)
            items.push_back(select(Kind::Controller, controller.id));
        return items;
    case LabTreeSection::Groups:
        return countTo(Kind::Group, frame.names->groups.size());
    case LabTreeSection::Pipelines:
        return countTo(Kind::Pipeline, frame.names->pipelines.size());
    case LabTreeSection::Queues:
        return countTo(Kind::Queue, frame.names->queues.size());
    }
    return items;
}

std::vector<Selection> labTreeChildren(const Selection& item, const Frame& frame)
{
    std::vector<Selection> members;
    if (item.kind != Selection::Kind::Group || !frame.names)
        return members;
    for (std::size_t i = 0; i < frame.names->members.size(); ++i) {
        if (frame.names->members[i].group == item.index)
            members.push_back(select(Selection::Kind::Member, static_cast<std::int32_t>(i)));
    }
    return members;
}

} // namespace tideline::model
