// SPDX-License-Identifier: GPL-3.0-or-later
// Members A, B, C... that talk to one ClassicGroup on a clock of its own; what they are told is read as text.
#pragma once

#include "engine/clients/classic_group.h"
#include "tests/engine/effects_of.h"

#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <set>

namespace tideline::tests {

class GroupClients
{
public:
    explicit GroupClients(Micros rebalanceTimeout = 300'000'000)
        : rebalanceTimeout_(rebalanceTimeout)
    {
        Scenario scenario;
        scenario.topics = {TopicSpec{"t", 6, 1, 1}, TopicSpec{"u", 1, 1, 1}};
        GroupSpec spec;
        spec.name = "g";
        scenario.groups = {spec};
        topology_ = makeTopology(std::make_shared<const Scenario>(scenario), {});
    }

    // Asks for an id, and joins with it.
    void joinAnew(char who)
    {
        ids.erase(who);
        join(who);
        answers();
        join(who);
    }
    void join(char who, const std::vector<TopicIndex>& topics = {0})
    {
        JoinGroupRequest request{0, who - 'A', ids[who], 45'000'000, rebalanceTimeout_, topics};
        group.join(request, from(who, "join"), step());
        collect();
    }
    // The leader gives partition n to the n-th of `share`.
    void sync(char who, const QString& share = {}, std::int32_t generation = -1)
    {
        SyncGroupRequest request{0, ids[who], generation < 0 ? group.generation() : generation, {}};
        for (qsizetype i = 0; i < share.size(); ++i)
            request.assignments.push_back({ids[share[i].toLatin1()], {static_cast<PartitionIndex>(i)}});
        if (group.sync(request, from(who, "sync"), step()) && storesAtOnce)
            group.assignmentStored(group.generation(), ErrorCode::None, step());
        collect();
    }
    void heartbeat(char who, std::int32_t generation = -1)
    {
        group.heartbeat(HeartbeatRequest{0, ids[who], generation < 0 ? group.generation() : generation},
                        from(who, "heartbeat"), step());
        collect();
    }
    void leave(char who)
    {
        group.leave(LeaveGroupRequest{0, ids[who]}, from(who, "leave"), step());
        collect();
    }
    QString commit(char who, std::int32_t generation)
    {
        const OffsetCommitRequest request{0, who - 'A', ids[who], generation, {}};
        const ErrorCode error = group.judgeCommit(request, step());
        collect();
        return nameOf(error);
    }
    void advance(Millis by) { advanceTo(toMillis(now) + by); }
    void advanceTo(Millis time)
    {
        while (!timers_.empty() && *timers_.begin() <= fromMillis(time)) {
            now = *timers_.begin();
            timers_.erase(timers_.begin());
            group.onDeadline(step());
            collect();
        }
        now = fromMillis(time);
    }
    // Two members, A the leader, Stable in generation 1.
    void makeStable()
    {
        joinAnew('A');
        joinAnew('B');
        advance(6000);
        sync('B');
        sync('A', "AB");
        answers();
    }

    // What was answered since the last look: "6000 A join NONE, generation 1, leads A B".
    QString answers()
    {
        const QString text = answers_.join("; ");
        answers_.clear();
        return text;
    }
    static QString nameOf(ErrorCode error)
    {
        const std::string_view name = errorName(error);
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    QString state() const
    {
        static const std::map<GroupState, QString> names{
            {GroupState::Empty, "Empty"},
            {GroupState::PreparingRebalance, "PreparingRebalance"},
            {GroupState::CompletingRebalance, "CompletingRebalance"},
            {GroupState::Stable, "Stable"}};
        return names.at(group.state()) + ' ' + QString::number(group.generation());
    }
    Step step() { return Step{now, topology_, draws_, out_, {}}; }

    ClassicGroup group{0};
    std::map<char, std::string> ids;
    Micros now = 0;
    bool storesAtOnce = true;

private:
    ReplyTo from(char who, const char* what)
    {
        asked_[++correlation_] = {who, what};
        return ReplyTo{who - 'A', 0, correlation_};
    }
    void collect()
    {
        for (const SetTimer& timer : effectsOf<SetTimer>(out_))
            timers_.insert(timer.at);
        for (const SendReply& reply : effectsOf<SendReply>(out_)) {
            const auto& [who, what] = asked_.at(reply.to.correlation);
            answers_ << QString("%1 %2 %3 ").arg(toMillis(now)).arg(who).arg(what) + textOf(reply.body, who);
        }
        out_.clear();
    }
    QString textOf(const MessageBody& body, char who)
    {
        if (const auto* join = body.as<JoinGroupResponse>()) {
            if (!join->memberId.empty())
                ids[who] = join->memberId;
            QString text = nameOf(join->error);
            if (join->error == ErrorCode::None)
                text += QString(", generation %1").arg(join->generation);
            if (join->leader)
                text += ", leads";
            for (const JoinGroupResponse::Member& member : join->members)
                text += QString(" ") + nameOf(member.memberId);
            return text;
        }
        if (const auto* sync = body.as<SyncGroupResponse>()) {
            QString text = nameOf(sync->error);
            for (const PartitionIndex partition : sync->partitions)
                text += ' ' + QString::number(partition);
            return text;
        }
        if (const auto* heartbeat = body.as<HeartbeatResponse>())
            return nameOf(heartbeat->error);
        return nameOf(body.as<LeaveGroupResponse>()->error);
    }
    QChar nameOf(const std::string& id) const
    {
        for (const auto& [who, known] : ids) {
            if (known == id)
                return QChar(who);
        }
        return '?';
    }

    Topology topology_;
    Micros rebalanceTimeout_;
    Random draws_{1, 0};
    Effects out_;
    std::multiset<Micros> timers_;
    std::map<std::int32_t, std::pair<char, QString>> asked_;
    std::int32_t correlation_ = 0;
    QStringList answers_;
};

} // namespace tideline::tests
