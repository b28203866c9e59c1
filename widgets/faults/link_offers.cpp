// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/link_offers.h"

#include "engine/cluster/message.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace tideline::widgets {

namespace {

using Names = std::vector<std::string>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::LinkOffers)
};

constexpr std::size_t kMostPeers = 8; // a longer menu of what can be done to each helps nobody

QString shown(const std::string& name)
{
    return QString::fromStdString(name);
}

// Name of the selected end of a link, as a command wants it.
std::optional<std::string> selectedNode(const Selection& selection, const Directory& names)
{
    const auto named = [&](const auto& list) -> std::optional<std::string> {
        const auto index = static_cast<std::size_t>(selection.index);
        return index < list.size() ? std::optional<std::string>(list[index]) : std::nullopt;
    };
    switch (selection.kind) {
    case Selection::Kind::Broker:
        return "broker " + std::to_string(selection.index);
    case Selection::Kind::Controller:
        return "controller " + std::to_string(selection.index);
    case Selection::Kind::Producer:
        return named(names.producers);
    case Selection::Kind::Pipeline:
        return named(names.pipelines);
    case Selection::Kind::Member:
        return static_cast<std::size_t>(selection.index) < names.members.size()
                   ? std::optional<std::string>(names.members[static_cast<std::size_t>(selection.index)].name)
                   : std::nullopt;
    default:
        return std::nullopt;
    }
}

void add(Names& list, const std::string& name, const std::string& but)
{
    if (name != but)
        list.push_back(name);
}

// Whom it speaks to: clients to brokers only. Of a broker's clients those that write, or all.
Names peersOf(const std::string& node, Selection::Kind kind, const Frame& frame, bool all)
{
    Names peers;
    for (const ClusterFrame::Broker& broker : frame.cluster.brokers)
        add(peers, "broker " + std::to_string(broker.id), node);
    if (kind == Selection::Kind::Broker || kind == Selection::Kind::Controller) {
        for (const ClusterFrame::Controller& controller : frame.cluster.controllers)
            add(peers, "controller " + std::to_string(controller.id), node);
    }
    if (kind != Selection::Kind::Broker)
        return peers;
    peers.insert(peers.end(), frame.names->producers.begin(), frame.names->producers.end());
    if (!all)
        return peers;
    peers.insert(peers.end(), frame.names->pipelines.begin(), frame.names->pipelines.end());
    for (const Directory::Member& member : frame.names->members)
        peers.push_back(member.name);
    return peers;
}

void addCuts(FaultOffer& offer, Fault fault, const std::string& node, const Names& peers)
{
    for (const std::string& peer : peers) {
        if (fault == Fault::CutLink) {
            offer.choices.push_back(
                {Text::tr("between %1 and %2").arg(shown(node), shown(peer)), CutLink{node, peer}});
            continue;
        }
        for (const auto& [from, to] : {std::pair{node, peer}, std::pair{peer, node}})
            offer.choices.push_back(
                {Text::tr("only from %1 to %2").arg(shown(from), shown(to)), CutLink{from, to, true}});
    }
}

void addChanges(FaultOffer& offer, const std::string& node, const Names& peers)
{
    const auto addOne = [&](const QString& of, NodeNames to, Micros latency, std::int64_t bandwidth) {
        const QString what = latency != 0 ? Text::tr("%1: latency %2").arg(of, durationText(latency))
                                          : Text::tr("%1: bandwidth %2/s").arg(of, bytesText(bandwidth));
        offer.choices.push_back({what, ChangeLink{node, std::move(to), latency, bandwidth}});
    };
    const QString all = Text::tr("all links of %1").arg(shown(node));
    addOne(all, peers, 300'000, 0);
    addOne(all, peers, 0, 10'000);
    for (std::size_t i = 0; i < peers.size() && i < kMostPeers; ++i) {
        const QString of = Text::tr("between %1 and %2").arg(shown(node), shown(peers[i]));
        addOne(of, peers[i], 300'000, 0);
        addOne(of, peers[i], 3'000'000, 0);
        addOne(of, peers[i], 0, 10'000);
    }
}

// Links that are cut, or changed, are offered by themselves: there is no need to select one of their ends.
FaultOffer healOffer(const Frame& frame)
{
    FaultOffer offer;
    for (const ClusterFrame::Link& cut : frame.cluster.cuts) {
        const QString a = nodeText(cut.a, *frame.names);
        const QString b = nodeText(cut.b, *frame.names);
        offer.choices.push_back(
            {(cut.oneWay ? Text::tr("from %1 to %2") : Text::tr("between %1 and %2")).arg(a, b),
             HealLink{a.toStdString(), b.toStdString()}});
    }
    if (offer.choices.empty())
        offer.reason = Text::tr("No link is cut");
    return offer;
}

FaultOffer resetOffer(const Frame& frame)
{
    FaultOffer offer;
    for (const ClusterFrame::ChangedLink& link : frame.cluster.changed) {
        const QString a = nodeText(link.a, *frame.names);
        const QString b = nodeText(link.b, *frame.names);
        offer.choices.push_back(
            {Text::tr("between %1 and %2").arg(a, b), ResetLink{a.toStdString(), b.toStdString()}});
    }
    if (offer.choices.empty())
        offer.reason = Text::tr("Every link is as the cluster's links are");
    return offer;
}

FaultOffer cancelAimOffer(const Frame& frame)
{
    FaultOffer offer;
    for (const ClusterFrame::Aim& aim : frame.cluster.aims) {
        const std::string message(kMessageNames[static_cast<std::size_t>(aim.message)]);
        const QString from = nodeText(aim.from, *frame.names);
        const QString to = nodeText(aim.to, *frame.names);
        offer.choices.push_back({Text::tr("at %1 from %2 to %3").arg(shown(message), from, to),
                                 CancelAim{message, from.toStdString(), to.toStdString()}});
    }
    if (offer.choices.empty())
        offer.reason = Text::tr("No aimed fault waits");
    return offer;
}

FaultOffer healAllOffer(const std::string& node, const Frame& frame)
{
    Names peers;
    for (const ClusterFrame::Link& cut : frame.cluster.cuts) {
        const std::string a = frame.names->nodeName(cut.a);
        const std::string b = frame.names->nodeName(cut.b);
        if (a == node || b == node)
            peers.push_back(a == node ? b : a);
    }
    if (peers.empty())
        return {{}, Text::tr("No link of %1 is cut").arg(shown(node))};
    return {{{QString(), HealLink{node, std::move(peers)}}}, {}};
}

FaultOffer clockOffer(const std::string& node, Selection::Kind kind)
{
    if (kind != Selection::Kind::Broker && kind != Selection::Kind::Producer)
        return {{}, Text::tr("Only brokers and producers stamp records: select one")};
    FaultOffer offer;
    for (const Micros by :
         {Micros{-300'000'000}, Micros{-20'000'000}, Micros{0}, Micros{20'000'000}, Micros{300'000'000}}) {
        const QString text = by == 0  ? Text::tr("right again")
                             : by < 0 ? Text::tr("%1 behind").arg(durationText(-by))
                                      : Text::tr("%1 ahead").arg(durationText(by));
        offer.choices.push_back({text, SkewClock{node, by}});
    }
    return offer;
}

// The next message of the kinds that this node sends or gets.
FaultOffer aimOffer(const std::string& node, Selection::Kind kind, const Frame& frame)
{
    FaultOffer offer;
    const auto lose = [&](const char* message, const std::string& from, const std::string& to) {
        offer.choices.push_back({Text::tr("lose the next %1 from %2 to %3")
                                     .arg(QString::fromLatin1(message), shown(from), shown(to)),
                                 AimFault{message, from, to, 1, 0}});
    };
    Names peers = peersOf(node, kind, frame, false);
    peers.resize(std::min(peers.size(), kMostPeers));
    for (const std::string& peer : peers) {
        if (kind == Selection::Kind::Producer) {
            lose("Produce", node, peer);
            lose("ProduceResponse", peer, node);
        } else if (kind == Selection::Kind::Member || kind == Selection::Kind::Pipeline) {
            lose("Fetch", node, peer);
            lose("FetchResponse", peer, node);
        } else if (kind == Selection::Kind::Broker && peer.starts_with("broker ")) {
            lose("ReplicaFetch", node, peer);
            lose("ReplicaFetchResponse", peer, node);
        } else if (kind == Selection::Kind::Broker && peer.starts_with("controller ")) {
            lose("BrokerHeartbeat", node, peer);
        }
    }
    if (offer.choices.empty())
        offer.reason = Text::tr("Select a broker, a producer, a member or a pipeline first");
    return offer;
}

} // namespace

FaultOffer linkOffer(Fault fault, const Selection& selection, const Frame& frame)
{
    if (fault == Fault::HealLink)
        return healOffer(frame);
    if (fault == Fault::ResetLink)
        return resetOffer(frame);
    if (fault == Fault::CancelAim)
        return cancelAimOffer(frame);
    const std::optional<std::string> node = selectedNode(selection, *frame.names);
    if (!node)
        return {{}, Text::tr("Select a broker, a controller, a producer, a member or a pipeline first")};
    if (fault == Fault::HealAll)
        return healAllOffer(*node, frame);
    if (fault == Fault::SkewClock)
        return clockOffer(*node, selection.kind);
    if (fault == Fault::Aim)
        return aimOffer(*node, selection.kind, frame);
    const Names peers = peersOf(*node, selection.kind, frame, fault == Fault::Isolate);
    FaultOffer offer;
    if (peers.empty())
        offer.reason = Text::tr("There is nothing that it could be linked to");
    else if (fault == Fault::Isolate)
        offer.choices.push_back({QString(), CutLink{*node, peers}});
    else if (fault == Fault::ChangeLink)
        addChanges(offer, *node, peers);
    else
        addCuts(offer, fault, *node, peers);
    return offer;
}

} // namespace tideline::widgets
