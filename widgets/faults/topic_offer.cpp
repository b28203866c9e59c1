// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/topic_offer.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TopicOffer)
};

bool exists(const std::string& name, const Directory& names)
{
    return std::any_of(names.topics.begin(), names.topics.end(),
                       [&](const Directory::Topic& topic) { return topic.name == name && !topic.deleted; });
}

void addCreation(FaultOffer& offer, const std::string& name, std::int32_t partitions, std::int32_t replicas)
{
    offer.choices.push_back({Text::tr("%1: partitions %2, replication factor %3")
                                 .arg(QString::fromStdString(name))
                                 .arg(partitions)
                                 .arg(replicas),
                             CreateTopic{name, partitions, replicas, {}, {}}});
}

// What has been deleted as it was, and a new one.
FaultOffer createOffer(const Directory& names)
{
    FaultOffer offer;
    const std::int32_t most = std::max(1, names.brokers);
    std::set<std::string> offered;
    for (const Directory::Topic& topic : names.topics) {
        if (topic.deleted && !exists(topic.name, names) && offered.insert(topic.name).second)
            addCreation(offer, topic.name, static_cast<std::int32_t>(topic.partitions.size()),
                        std::clamp(topic.replicationFactor, 1, most));
    }
    for (const std::int32_t partitions : {1, 3, 6, 12})
        addCreation(offer, freeTopicName(names), partitions, std::min(most, 3));
    return offer;
}

FaultOffer growOffer(const Directory::Topic& topic)
{
    FaultOffer offer;
    const auto now = static_cast<std::int32_t>(topic.partitions.size());
    for (const std::int32_t count : {now + 1, now + 2, 2 * now}) {
        const bool known =
            std::any_of(offer.choices.begin(), offer.choices.end(), [=](const FaultChoice& other) {
                return std::get<CreatePartitions>(other.command).count == count;
            });
        if (!known)
            offer.choices.push_back({Text::tr("%1 to %2 partitions").arg(now).arg(count),
                                     CreatePartitions{topic.name, count, {}}});
    }
    return offer;
}

const Directory::Topic* selectedTopic(const Selection& selection, const Directory& names)
{
    const auto index = static_cast<std::size_t>(selection.index);
    if (selection.kind == Selection::Kind::Topic && index < names.topics.size())
        return &names.topics[index];
    return selection.kind == Selection::Kind::Partition ? names.topicOf(selection.index) : nullptr;
}

} // namespace

std::string freeTopicName(const Directory& names)
{
    for (int number = 1;; ++number) {
        std::string name = "topic-" + std::to_string(number);
        if (!exists(name, names))
            return name;
    }
}

FaultOffer topicOffer(Fault fault, const Selection& selection, const Directory& names)
{
    if (fault == Fault::CreateTopic)
        return createOffer(names);
    const Directory::Topic* topic = selectedTopic(selection, names);
    if (!topic || topic->deleted || topic->internal)
        return {{}, Text::tr("Select a topic first")};
    if (fault == Fault::AddPartitions)
        return growOffer(*topic);
    return {{{Text::tr("with every record in it"), DeleteTopic{topic->name}}}, {}};
}

} // namespace tideline::widgets
