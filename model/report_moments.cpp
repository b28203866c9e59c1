// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/report_moments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace tideline::model {

namespace {

using Kind = ReportMoment::Kind;

// One overload a fact that matters; what a run does at its very beginning (first leaders, first generation)
// does not.
struct KindOf
{
    template <class Body>
    std::optional<Kind> operator()(const Body&) const
    {
        return std::nullopt;
    }
    std::optional<Kind> operator()(const BrokerFenced&) const { return Kind::BrokerFenced; }
    std::optional<Kind> operator()(const LeaderElected& fact) const
    {
        return fact.previous > 0 && fact.previous != fact.leader ? std::optional(Kind::LeaderChanged)
                                                                 : std::nullopt;
    }
    std::optional<Kind> operator()(const PartitionOffline&) const { return Kind::Offline; }
    std::optional<Kind> operator()(const ProduceRefused&) const { return Kind::Refused; }
    std::optional<Kind> operator()(const RebalanceStarted& fact) const
    {
        return fact.generation > 0 ? std::optional(Kind::Rebalance) : std::nullopt;
    }
    std::optional<Kind> operator()(const RecordsRedelivered&) const { return Kind::Redelivered; }
    std::optional<Kind> operator()(const RecordsLost&) const { return Kind::Lost; }
    std::optional<Kind> operator()(const PaneFired&) const { return Kind::PaneFired; }
    std::optional<Kind> operator()(const RecordsDroppedLate&) const { return Kind::Dropped; }
};

} // namespace

std::vector<ReportMoment> reportMoments(const CowPages<Fact, 256>& journal, Micros end)
{
    std::array<std::optional<ReportMoment>, ReportMoment::kKinds> first;
    for (std::size_t i = 0; i < journal.size(); ++i) {
        const Fact& fact = journal[i];
        const std::optional<Kind> kind = std::visit(KindOf{}, fact.body);
        if (!kind)
            continue;
        std::optional<ReportMoment>& moment = first[static_cast<std::size_t>(*kind)];
        if (moment)
            ++moment->further;
        else
            moment = ReportMoment{*kind, fact.time, fact, 0};
    }
    std::vector<ReportMoment> moments;
    for (const std::optional<ReportMoment>& moment : first)
        if (moment)
            moments.push_back(*moment);
    std::stable_sort(moments.begin(), moments.end(), [](const ReportMoment& a, const ReportMoment& b) {
        return std::tie(a.at, a.kind) < std::tie(b.at, b.kind);
    });
    moments.push_back(ReportMoment{Kind::End, end, {}, 0});
    return moments;
}

} // namespace tideline::model
