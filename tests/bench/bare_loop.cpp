// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/bare_loop.h"

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/base/time.h"
#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"

#include <array>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace tideline::bench {
namespace {

constexpr std::int64_t kBatchRecords = 500;
constexpr std::uint64_t kKeys = 1000;
constexpr std::size_t kKeyBytes = 8;
constexpr std::size_t kValueBytes = 100;
constexpr std::size_t kBatchBytes = 65536;
constexpr Millis kWindow = 1000; // ms

// A key is its number in 8 bytes, so that counting needs no hash of bytes.
Bytes keyOf(std::uint64_t number, std::array<char, kKeyBytes>& room)
{
    std::memcpy(room.data(), &number, kKeyBytes);
    return Bytes(room.data(), kKeyBytes);
}

Chunk encode(Random& random, Millis& time, const std::string& value)
{
    RecordBatchWriter writer({}, kBatchBytes);
    std::array<char, kKeyBytes> key{};
    for (std::int64_t i = 0; i < kBatchRecords; ++i) {
        time += (i & 1); // half a million records a second of event time
        const BatchFault fault = writer.append(time, keyOf(random.below(kKeys), key), value);
        TIDELINE_ASSERT(fault == BatchFault::None);
    }
    Chunk batch;
    const BatchFault fault = writer.close(batch);
    TIDELINE_ASSERT(fault == BatchFault::None);
    return batch;
}

// Counts by key of the window that is open.
struct OpenWindow
{
    std::int64_t number = 0;
    std::vector<std::uint64_t> counts = std::vector<std::uint64_t>(kKeys);
    std::uint64_t checksum = 0;

    void add(std::uint64_t key, Millis time)
    {
        if (const std::int64_t of = floorDiv(time, kWindow); of != number) {
            fire();
            number = of;
        }
        ++counts[key];
    }
    void fire()
    {
        for (std::uint64_t& count : counts)
            checksum = checksum * 31 + std::exchange(count, 0);
    }
};

void count(const Chunk& batch, OpenWindow& window)
{
    BatchFault fault = checkBatch(batch.bytes());
    TIDELINE_ASSERT(fault == BatchFault::None);
    fault = forEachRecord(batch.bytes(), [&](const RecordView& record) {
        std::uint64_t key = 0;
        std::memcpy(&key, record.key->data(), kKeyBytes);
        window.add(key, record.timestamp);
    });
    TIDELINE_ASSERT(fault == BatchFault::None);
}

} // namespace

std::uint64_t bareLoop(std::int64_t records)
{
    Random random(1, 0);
    Millis time = 0;
    const std::string value(kValueBytes, 'v');
    OpenWindow window;
    for (std::int64_t done = 0; done < records; done += kBatchRecords)
        count(encode(random, time, value), window);
    window.fire();
    return window.checksum;
}

} // namespace tideline::bench
