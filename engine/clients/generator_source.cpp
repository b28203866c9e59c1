// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/lognormal.h"
#include "engine/clients/murmur2.h"
#include "engine/clients/source.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace tideline {

namespace {

// A second; above, what comes in is handed over once a millisecond.
constexpr std::int64_t kSingleRecordsUpTo = 1000;
constexpr std::int32_t kLeastAmount = 1000; // hundredths: always five characters, "10.00" to "99.99"
constexpr std::int32_t kMostAmount = 9999;
constexpr std::size_t kAmountAt = 7; // in {"eur":10.00}

std::string valueText(std::int32_t bytes)
{
    std::string text = R"({"eur":10.00)";
    const auto wanted = static_cast<std::size_t>(std::max(bytes, 0));
    if (wanted > text.size() + 1)
        text.append(wanted - text.size() - 1, ' ');
    text += '}';
    if (bytes > 0)
        text.resize(wanted);
    return text;
}

void writeAmount(std::string& value, std::int32_t amount)
{
    if (value.size() < kAmountAt + 5)
        return; // cut off: the value is shorter than its text
    char* digits = value.data() + kAmountAt;
    digits[0] = static_cast<char>('0' + amount / 1000);
    digits[1] = static_cast<char>('0' + amount / 100 % 10);
    digits[3] = static_cast<char>('0' + amount / 10 % 10);
    digits[4] = static_cast<char>('0' + amount % 10);
}

} // namespace

GeneratorSource::GeneratorSource(const GeneratorSpec& spec)
    : spec_(spec)
    , value_(valueText(spec.valueBytes))
    , rate_(spec.recordsPerSecond)
{
    std::vector<Key>& keys = keys_.edit();
    for (std::int32_t i = 0; i < spec.keys; ++i) {
        Key key{"key-" + std::to_string(i), 0};
        key.hash = murmur2(key.text);
        keys.push_back(std::move(key));
    }
}

void GeneratorSource::start(Micros now)
{
    started_ = true;
    since_ = std::max(now, spec_.start);
    happenedSince_ = 0;
}

void GeneratorSource::changeRate(std::int64_t recordsPerSecond, Micros now)
{
    rate_ = recordsPerSecond;
    since_ = std::max(now, spec_.start);
    happenedSince_ = 0;
}

// When the n-th record since the rate was set happens: even steps, without drift.
Micros GeneratorSource::timeOf(std::int64_t numberSince) const
{
    constexpr std::int64_t kFits = std::numeric_limits<std::int64_t>::max() / kMicrosPerSecond;
    if (numberSince <= kFits) // 64 bits divide much faster, once a record
        return since_ + numberSince * kMicrosPerSecond / rate_;
    return since_ + static_cast<Micros>(static_cast<Int128>(numberSince) * kMicrosPerSecond / rate_);
}

Micros GeneratorSource::nextWake() const
{
    Micros wake = kNever;
    if (mayHappen()) {
        wake = timeOf(happenedSince_);
        if (rate_ > kSingleRecordsUpTo)
            wake = (floorDiv(wake, kMicrosPerMilli) + 1) * kMicrosPerMilli;
    }
    if (next_ < onTheWay_.size()) {
        Micros arrival = onTheWay_[next_].arrival;
        if (rate_ > kSingleRecordsUpTo)
            arrival = (floorDiv(arrival - 1, kMicrosPerMilli) + 1) * kMicrosPerMilli;
        wake = std::min(wake, arrival);
    }
    return wake;
}

Micros GeneratorSource::delay(Random& draws) const
{
    switch (spec_.delay.kind) {
    case DelaySpec::Kind::None:
        return 0;
    case DelaySpec::Kind::Constant:
        return spec_.delay.low;
    case DelaySpec::Kind::Uniform:
        return draws.between(spec_.delay.low, spec_.delay.high);
    case DelaySpec::Kind::Lognormal:
        return lognormal(draws, spec_.delay.low, spec_.delay.sigmaMilli);
    }
    return 0;
}

void GeneratorSource::happen(Micros now, Random& draws, std::vector<SourceHappening>& happenings)
{
    const bool delayed = spec_.delay.kind != DelaySpec::Kind::None;
    for (; mayHappen(); ++happened_, ++happenedSince_) {
        const Micros at = timeOf(happenedSince_);
        if (at > now)
            break;
        OnTheWay record{at, happened_, toMillis(at), kNone, 0};
        // One draw gives key and amount: the high half one, the low half the other.
        const std::uint64_t bits = draws.next();
        if (spec_.keys > 0)
            record.key =
                static_cast<std::int32_t>(((bits >> 32) * static_cast<std::uint64_t>(spec_.keys)) >> 32);
        record.amount = kLeastAmount + static_cast<std::int32_t>(
                                           ((bits & 0xffffffff) * (kMostAmount - kLeastAmount + 1)) >> 32);
        if (happenings.empty() || happenings.back().eventTime != record.eventTime)
            happenings.push_back({record.eventTime, 0, 0});
        ++happenings.back().records;
        happenings.back().sum += record.amount;
        if (delayed)
            record.arrival += delay(draws);
        onTheWay_.push_back(record);
        if (delayed)
            std::push_heap(onTheWay_.begin(), onTheWay_.end(), std::greater<>());
    }
}

bool GeneratorSource::nextArrived(Micros now, SourceRecord& record)
{
    if (next_ >= onTheWay_.size() || onTheWay_[next_].arrival > now)
        return false;
    const OnTheWay& arrived = onTheWay_[next_];
    writeAmount(value_, arrived.amount);
    record.eventTime = arrived.eventTime;
    record.value = value_;
    record.key.reset();
    if (arrived.key != kNone) {
        const Key& key = keys_.read()[static_cast<std::size_t>(arrived.key)];
        record.key = key.text;
        record.keyHash = key.hash;
    }
    return true;
}

void GeneratorSource::taken()
{
    if (spec_.delay.kind != DelaySpec::Kind::None) {
        std::pop_heap(onTheWay_.begin(), onTheWay_.end(), std::greater<>());
        onTheWay_.pop_back();
    } else if (++next_ == onTheWay_.size()) {
        onTheWay_.clear();
        next_ = 0;
    }
}

bool GeneratorSource::ended() const
{
    return started_ && spec_.limit > 0 && happened_ >= spec_.limit && onTheWay_.empty();
}

} // namespace tideline
