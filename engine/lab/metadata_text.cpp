// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/metadata_text.h"

namespace tideline {

namespace {

std::string listOf(const BrokerIds& brokers)
{
    std::string text = "[";
    for (const BrokerId broker : brokers)
        text += (text.size() > 1 ? "," : "") + std::to_string(broker);
    return text + "]";
}

std::string flag(const char* name, const std::optional<bool>& value)
{
    return value ? std::string(" ") + name + (*value ? "=true" : "=false") : std::string();
}

std::string list(const char* name, const std::optional<BrokerIds>& brokers)
{
    return brokers ? std::string(" ") + name + "=" + listOf(*brokers) : std::string();
}

struct Words
{
    const MetadataImage& image;
    const Directory& names;

    std::string topic(TopicIndex index) const
    {
        const control::Topic* topic = image.topics.topic(index);
        return topic ? topic->name : "topic#" + std::to_string(index);
    }
    std::string operator()(const control::RegisterBrokerRecord& r) const
    {
        return "RegisterBroker broker=" + std::to_string(r.broker) +
               " epoch=" + std::to_string(r.brokerEpoch) +
               (r.rack.empty() ? std::string() : " rack=" + r.rack) + flag("fenced", r.fenced);
    }
    std::string operator()(const control::BrokerRegistrationChangeRecord& r) const
    {
        return "BrokerRegistrationChange broker=" + std::to_string(r.broker) + flag("fenced", r.fenced) +
               flag("inControlledShutdown", r.inControlledShutdown);
    }
    std::string operator()(const control::UnregisterBrokerRecord& r) const
    {
        return "UnregisterBroker broker=" + std::to_string(r.broker);
    }
    std::string operator()(const control::TopicRecord& r) const { return "Topic " + r.name; }
    std::string operator()(const control::RemoveTopicRecord& r) const
    {
        return "RemoveTopic " + topic(r.topic);
    }
    std::string operator()(const control::PartitionRecord& r) const
    {
        return "Partition " + topic(r.topic) + "-" + std::to_string(r.number) +
               " replicas=" + listOf(r.registration.replicas) + " isr=" + listOf(r.registration.isr) +
               " leader=" + std::to_string(r.registration.leader);
    }
    std::string operator()(const control::PartitionChangeRecord& r) const
    {
        const PartitionChange& change = r.change;
        return "PartitionChange " + names.partitionName(r.partition) +
               (change.leader ? " leader=" + std::to_string(*change.leader) : std::string()) +
               list("isr", change.isr) + list("replicas", change.replicas) + list("adding", change.adding) +
               list("removing", change.removing) + list("elr", change.elr) +
               list("lastKnownElr", change.lastKnownElr) +
               (change.recovery
                    ? std::string(" recovery=") +
                          (*change.recovery == LeaderRecovery::Recovered ? "RECOVERED" : "RECOVERING")
                    : std::string());
    }
    std::string operator()(const control::ConfigRecord& r) const
    {
        const std::string resource = r.resource.level == control::ConfigLevel::Topic ? topic(r.resource.id)
                                     : r.resource.level == control::ConfigLevel::Broker
                                         ? "broker " + std::to_string(r.resource.id)
                                         : "cluster";
        return "Config " + resource + " " + r.key + "=" + r.value.value_or("null");
    }
    std::string operator()(const control::ClearElrRecord& r) const
    {
        return "ClearElr" + (r.topic == kNone ? std::string() : " " + topic(r.topic));
    }
};

} // namespace

std::string metadataText(const MetadataRecord& record, const MetadataImage& image, const Directory& names)
{
    return std::visit(Words{image, names}, record);
}

} // namespace tideline
