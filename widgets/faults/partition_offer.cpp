// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/partition_offer.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::PartitionOffer)
};

constexpr std::int32_t kMostTargets = 12; // a longer menu helps nobody

FaultOffer electOffer(const std::string& topic, std::int32_t partition)
{
    FaultOffer offer;
    offer.choices.push_back({Text::tr("the preferred leader"), ElectLeader{topic, partition, false}});
    offer.choices.push_back(
        {Text::tr("unclean: a replica out of sync"), ElectLeader{topic, partition, true}});
    return offer;
}

// As many neighbours as there are replicas now, from each broker on.
FaultOffer reassignOffer(const Directory::Topic& topic, std::int32_t partition, std::int32_t brokers)
{
    FaultOffer offer;
    for (std::int32_t first = 1; first <= std::min(brokers, kMostTargets); ++first) {
        ReassignPartition request{topic.name, partition, {}};
        QStringList list;
        for (std::int32_t i = 0; i < std::min(topic.replicationFactor, brokers); ++i) {
            request.replicas.push_back((first - 1 + i) % brokers + 1);
            list << QString::number(request.replicas.back());
        }
        offer.choices.push_back(
            {Text::tr("to brokers %1").arg(list.join(QStringLiteral(", "))), std::move(request)});
    }
    offer.choices.push_back({Text::tr("cancel what runs"), ReassignPartition{topic.name, partition, {}}});
    return offer;
}

FaultOffer configOffer(const Directory::Topic& topic)
{
    FaultOffer offer;
    const auto add = [&](const std::string& key, const std::string& value) {
        offer.choices.push_back(
            {QStringLiteral("%1=%2").arg(QString::fromStdString(key), QString::fromStdString(value)),
             AlterTopicConfig{topic.name, key, value}});
    };
    for (std::int32_t replicas = 1; replicas <= topic.replicationFactor; ++replicas)
        add("min.insync.replicas", std::to_string(replicas));
    add("unclean.leader.election.enable", "true");
    add("unclean.leader.election.enable", "false");
    add("cleanup.policy", "delete");
    add("cleanup.policy", "compact");
    add("retention.ms", "10000");
    add("retention.ms", "604800000");
    add("segment.bytes", "1048576");
    add("leader.replication.throttled.replicas", "*");
    add("follower.replication.throttled.replicas", "*");
    return offer;
}

// The throttle is the broker's own; the rest is the default of all brokers.
FaultOffer brokerConfigOffer(BrokerId broker, const Directory& names)
{
    FaultOffer offer;
    const auto add = [&](const QString& words, BrokerId whose, const std::string& key,
                         const std::string& value) {
        const QString setting =
            QStringLiteral("%1=%2").arg(QString::fromStdString(key), QString::fromStdString(value));
        offer.choices.push_back({words.arg(setting), AlterBrokerConfig{whose, key, value}});
    };
    for (std::int32_t replicas = 1; replicas <= std::min(names.brokers, 3); ++replicas)
        add(Text::tr("all brokers: %1"), kNone, "min.insync.replicas", std::to_string(replicas));
    for (const char* value : {"true", "false"})
        add(Text::tr("all brokers: %1"), kNone, "unclean.leader.election.enable", value);
    for (const char* rate : {"100000", "1000000"}) {
        add(Text::tr("this broker: %1"), broker, "leader.replication.throttled.rate", rate);
        add(Text::tr("this broker: %1"), broker, "follower.replication.throttled.rate", rate);
    }
    return offer;
}

} // namespace

FaultOffer partitionOffer(Fault fault, const Selection& selection, const Directory& names)
{
    if (fault == Fault::AlterConfig && selection.kind == Selection::Kind::Broker && selection.index >= 1 &&
        selection.index <= names.brokers)
        return brokerConfigOffer(selection.index, names);
    const bool isPartition = selection.kind == Selection::Kind::Partition;
    const Directory::Topic* found = isPartition ? names.topicOf(selection.index) : nullptr;
    if (!found || found->deleted)
        return {{}, Text::tr("Select a partition first")};
    const Directory::Topic& topic = *found;
    const std::int32_t partition = names.partitions[static_cast<std::size_t>(selection.index)].number;
    switch (fault) {
    case Fault::ElectLeader:
        return electOffer(topic.name, partition);
    case Fault::Reassign:
        return reassignOffer(topic, partition, names.brokers);
    case Fault::DeleteRecords:
        return {{{QString(), DeleteRecords{topic.name, partition, -1}}}, {}};
    default:
        return configOffer(topic);
    }
}

} // namespace tideline::widgets
