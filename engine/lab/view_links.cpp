// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of links that are cut, changed or aimed at: on the picture of the cluster, and of one
// node.
#include "engine/lab/views.h"

#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMostLinks = 64;

} // namespace

void addLinks(const World& world, ClusterFrame& frame)
{
    for (const Network::Link& link : world.network->links()) {
        if (!link.whole() && frame.cuts.size() < kMostLinks) {
            const bool oneWay = link.cut[0] != link.cut[1];
            frame.cuts.push_back(link.cut[0] ? ClusterFrame::Link{link.a, link.b, oneWay}
                                             : ClusterFrame::Link{link.b, link.a, oneWay});
        }
        if (link.changedBy != 0 && frame.changed.size() < kMostLinks)
            frame.changed.push_back({link.a, link.b, link.latency, link.bandwidth});
    }
    for (const Network::Aim& waiting : world.network->aims()) {
        const ClusterFrame::Aim aim{waiting.name, waiting.from, waiting.to};
        if (frame.aims.size() < kMostLinks &&
            std::find(frame.aims.begin(), frame.aims.end(), aim) == frame.aims.end())
            frame.aims.push_back(aim);
    }
}

std::vector<InspectorFrame::Link> linksOf(const World& world, NodeIndex node)
{
    std::vector<InspectorFrame::Link> list;
    for (const Network::Link& link : world.network->links()) {
        if ((link.a != node && link.b != node) || (link.whole() && link.changedBy == 0) ||
            list.size() >= kMostLinks)
            continue;
        const std::size_t there = Network::direction(link, node);
        list.push_back({link.a == node ? link.b : link.a, link.cut[there], link.cut[1 - there],
                        static_cast<std::int64_t>(link.held.size()), link.changedBy != 0, link.latency,
                        link.bandwidth});
    }
    return list;
}

} // namespace tideline
