// SPDX-License-Identifier: GPL-3.0-or-later
// ClientMetadata: what a client knows of the cluster, and when it asks again.
//
// A client asks any broker that it can reach, at the start, after every error that says its knowledge is old,
// and every metadata.max.age.ms. Answers may be old: a broker knows what it has replayed of the metadata log.
// A value inside a client's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/topology.h"

#include <optional>

namespace tideline {

class ClientMetadata
{
public:
    // True once an answer has come that knows these topics.
    bool known() const { return known_; }
    const MetadataImage& image() const { return image_; }
    BrokerId leaderOf(PartitionIndex partition) const
    {
        return known_ ? image_.partition(partition).leader : kNone;
    }

    // Partitions of a topic by number; empty while it is not there.
    const std::vector<PartitionIndex>& partitionsOf(const std::string& topic) const
    {
        return image_.partitionsOf(topic);
    }

    void wantUpdate() { wanted_ = true; }
    // The broker to ask now, or nothing when no question is due; the caller sends it and calls asked().
    std::optional<BrokerId> due(Micros now, const Topology& topology)
    {
        if (inFlight_ || now < notBefore_ || !(wanted_ || now >= refreshAt_))
            return std::nullopt;
        // One after the other, so that a dead broker is passed over at the next try.
        for (std::int32_t i = 0; i < topology.config.brokers; ++i) {
            last_ = last_ % topology.config.brokers + 1;
            if (!known_ || image_.alive(last_))
                break;
        }
        return last_;
    }
    void asked() { inFlight_ = true; }
    // Time at which due() may say something again; kNever when nothing is wanted.
    Micros nextTry() const { return inFlight_ ? kNever : wanted_ ? notBefore_ : refreshAt_; }

    void answered(const MetadataImage& image, bool complete, Micros now, Micros maxAge, Micros backoff)
    {
        inFlight_ = false;
        if (image.offset >= image_.offset)
            image_ = image;
        known_ = known_ || complete;
        wanted_ = !complete;
        notBefore_ = now + backoff;
        refreshAt_ = now + maxAge;
    }
    void lost(Micros now, Micros backoff)
    {
        inFlight_ = false;
        wanted_ = true;
        notBefore_ = now + backoff;
    }
    TIDELINE_FIELDS(ClientMetadata, image_, known_, wanted_, inFlight_, notBefore_, refreshAt_, last_)

private:
    MetadataImage image_;
    bool known_ = false;
    bool wanted_ = true;
    bool inFlight_ = false;
    Micros notBefore_ = 0;
    Micros refreshAt_ = kNever;
    BrokerId last_ = 0;
};

} // namespace tideline
