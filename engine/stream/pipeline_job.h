// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineJob: a Flink job of parallelism one: reads a topic, keeps watermarks per partition, counts or sums
// per key and window.
//
// It fetches like a consumer without a group, from the beginning, and commits nothing. Partitions that its
// topic gets later it finds with its metadata, every metadata.max.age.ms or when a leader has moved. Each
// record goes through the window operator before the watermark that it causes. Beside it the same records are
// counted in windows by processing time, which is the data's own time, so that a log replayed 3 600 times as
// fast has windows of its own hours. An actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/thinned_list.h"
#include "engine/clients/client_metadata.h"
#include "engine/clients/fetch_client.h"
#include "engine/cluster/outstanding_requests.h"
#include "engine/lab/frame.h"
#include "engine/stream/flink/aggregating_window_operator.h"
#include "engine/stream/flink/partition_watermarks.h"
#include "engine/stream/flink/processing_time_windows.h"
#include "engine/stream/key_table.h"

#include <map>
#include <vector>

namespace tideline {

// The window spec of a pipeline as the scenario states it.
WindowSpec windowSpecOf(const PipelineSpec& spec);

class PipelineJob
{
public:
    // What a pipeline knows of one window beyond its totals: its firings.
    struct Firings
    {
        std::int32_t firings = 0;
        Millis firstAt = 0; // processing time, the data's time
        Aggregate first;    // what the first one said, over all keys
        TIDELINE_FIELDS(Firings, firings, firstAt, first)
    };
    struct Dot
    {
        Millis eventTime = 0;
        Millis seen = 0; // processing time, the data's time
        TimeFrame::Fate fate = TimeFrame::Fate::OnTime;
        std::uint8_t colour = 0;
        PartitionIndex partition = 0;
        Offset offset = 0;
        TIDELINE_FIELDS(Dot, eventTime, seen, fate, colour, partition, offset)
    };
    struct WatermarkStep
    {
        Millis seen = 0;
        Millis watermark = 0;
        TIDELINE_FIELDS(WatermarkStep, seen, watermark)
    };

    PipelineJob(PipelineIndex index, const Topology& topology);

    void start(Step step);
    // Every producer of its topic is done: the partitions end at these offsets.
    void endsAt(const std::vector<Offset>& ends, Step step);
    void onMessage(const Message& message, Step step);
    void onTimer(const Timer& timer, Step step);
    void onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step);

    const flink::AggregatingWindowOperator& windows() const { return operator_; }
    const flink::ProcessingTimeWindows& processingWindows() const { return processing_; }
    const flink::PartitionWatermarks& watermarks() const { return watermarks_; }
    const KeyTable& keys() const { return keys_; }
    const FetchClient& fetching() const { return fetch_; }
    const std::map<Millis, Firings>& firings() const { return *firings_; }
    const ThinnedList<Dot, 4096>& onTimeDots() const { return dots_; }
    const ThinnedList<Dot, 4096>& lateDots() const { return lateDots_; }
    const ThinnedList<WatermarkStep, 4096>& steps() const { return steps_; }
    bool ended() const { return ended_; }
    TopicIndex topic() const { return topic_; }
    // Event times seen so far; kMaxMillis and kMinMillis before the first record.
    Millis firstEventTime() const { return lowest_; }
    Millis lastEventTime() const { return highest_; }
    Millis firstSeen() const { return firstSeen_; }

    struct Asked
    {
        bool metadata = false;
        BrokerId broker = kNone; // whom a fetch asks
        bool logStart = false;   // where a partition begins now
        TIDELINE_FIELDS(Asked, metadata, broker, logStart)
    };
    TIDELINE_FIELDS(PipelineJob, index_, topic_, metadata_, outstanding_, fetch_, keys_, operator_,
                    processing_, watermarks_, ends_, ended_, partitions_, idle_, retryAt_, tickAt_, dots_,
                    lateDots_, steps_, firings_, lowest_, highest_, firstSeen_)

private:
    const PipelineSpec& spec(const Step& step) const;
    void advance(Step step);
    void askForLogStarts(Step step);
    void onLogStarts(const ListOffsetsResponse& response, Step step);
    void askForMetadata(Step step);
    void takePartitions(const Step& step);
    std::int32_t numberOf(PartitionIndex partition) const;
    void retryLater(Micros at, Step step);
    void consume(Step step);
    void consume(const PolledSlice& slice, Step step);
    void emit(Step step);
    void note(Fate fate, const PolledSlice& slice, const RecordView& record, Millis seen, const Step& step);
    void tellLate(const PolledSlice& slice, Step step);
    void forgetOldFirings();
    void tellIdle(Step step);
    void checkEnd(Step step);
    void armTick(Step step);
    DataTime dataTime(const Step& step) const
    {
        return step.topology.dataTimes[static_cast<std::size_t>(topic_)];
    }

    PipelineIndex index_ = kNone;
    TopicIndex topic_ = kNone;
    ClientMetadata metadata_;
    OutstandingRequests<Asked> outstanding_;
    FetchClient fetch_;
    KeyTable keys_;
    flink::AggregatingWindowOperator operator_;
    flink::ProcessingTimeWindows processing_;
    flink::PartitionWatermarks watermarks_;
    std::vector<Offset> ends_; // empty: not known to end
    bool ended_ = false;
    std::vector<PartitionIndex> partitions_; // that it reads, by number within the topic
    std::vector<std::uint8_t> idle_;         // by partition of the topic
    Micros retryAt_ = kNever;
    Micros tickAt_ = kNever;
    // For the screen.
    ThinnedList<Dot, 4096> dots_;
    ThinnedList<Dot, 4096> lateDots_;
    ThinnedList<WatermarkStep, 4096> steps_;
    Cow<std::map<Millis, Firings>> firings_; // by window start
    Millis lowest_ = kMaxMillis;
    Millis highest_ = kMinMillis;
    Millis firstSeen_ = kMaxMillis;
    // Collected during a step, empty between steps.
    Signals signals_;
    Panes fired_;
    Panes lateFired_;
    std::vector<WindowTotals> processingFired_;
    struct DroppedRun
    {
        Offset offset = 0;
        Millis eventTime = 0;
        std::int32_t records = 0;
    };
    DroppedRun dropped_;
};

} // namespace tideline
