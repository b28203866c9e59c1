// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/life_words.h"

#include "engine/cluster/error_code.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::LifeWords)
};

QString refusalText(ErrorCode error)
{
    const std::string_view name = errorName(error);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

LifeStepWords inLog(const RecordLife::Entry& entry, const RecordLife& life, const Directory& names)
{
    using Step = RecordLife::Step;
    switch (entry.step) {
    case Step::Appended:
        return {Text::tr("appended on %1 at offset %2, leader epoch %3")
                    .arg(brokerText(entry.broker))
                    .arg(entry.offset)
                    .arg(entry.epoch),
                ColorRole::TextLeader, ColorRole::Leader};
    case Step::Replicated:
        return {Text::tr("replicated to %1").arg(brokerText(entry.broker)), ColorRole::Text,
                ColorRole::Leader};
    case Step::HighWatermarkPassed:
        return {Text::tr("high watermark passed: committed"), ColorRole::TextLeader, ColorRole::Leader};
    case Step::Truncated:
        return {Text::tr("cut off on %1: its log was truncated").arg(brokerText(entry.broker)),
                ColorRole::TextBad, ColorRole::Bad};
    case Step::Acknowledged:
        return {Text::tr("acknowledged to %1").arg(producerText(life.producer, names)), ColorRole::Text,
                ColorRole::Good};
    case Step::Refused:
        return {Text::tr("refused by %1: %2").arg(brokerText(entry.broker), refusalText(entry.error)),
                ColorRole::TextWarning, ColorRole::Warning};
    default:
        return {
            Text::tr("given up by %1: %2").arg(producerText(life.producer, names), refusalText(entry.error)),
            ColorRole::TextBad, ColorRole::Bad};
    }
}

LifeStepWords inPipeline(const RecordLife::Entry& entry)
{
    using Step = RecordLife::Step;
    const QString window = dataWindowText(entry.start, entry.end);
    switch (entry.step) {
    case Step::Counted:
        return {Text::tr("counted in window %1").arg(window), ColorRole::TextWatermark, ColorRole::Watermark};
    case Step::CountedLate:
        return {Text::tr("behind the watermark, counted in window %1").arg(window), ColorRole::TextWatermark,
                ColorRole::Watermark};
    case Step::CountedAfterFiring:
        return {Text::tr("counted after window %1 had fired").arg(window), ColorRole::TextWarning,
                ColorRole::Warning};
    case Step::Dropped:
        return {Text::tr("dropped: window %1 was cleaned up").arg(window), ColorRole::TextBad,
                ColorRole::Bad};
    default:
        return {Text::tr("window %1 fired").arg(window), ColorRole::TextGood, ColorRole::Good};
    }
}

} // namespace

LifeStepWords lifeStepWords(const RecordLife::Entry& entry, const RecordLife& life, const Directory& names)
{
    using Step = RecordLife::Step;
    switch (entry.step) {
    case Step::Happened:
        return {Text::tr("happened (event time %1)").arg(dataTimeText(life.eventTime)), ColorRole::Text,
                ColorRole::Neutral};
    case Step::Sent:
        return {Text::tr("handed to send() of %1").arg(producerText(life.producer, names)), ColorRole::Text,
                ColorRole::Neutral};
    case Step::BatchSent:
        return {Text::tr("sent, in a batch of %1").arg(entry.records), ColorRole::Text, ColorRole::Neutral};
    case Step::Delivered:
        return {entry.member != kNone
                    ? Text::tr("delivered to %1").arg(memberText(entry.member, names))
                    : Text::tr("delivered to pipeline %1").arg(pipelineText(entry.pipeline, names)),
                ColorRole::Text, ColorRole::Good};
    case Step::Counted:
    case Step::CountedLate:
    case Step::CountedAfterFiring:
    case Step::Dropped:
    case Step::WindowFired:
        return inPipeline(entry);
    default:
        return inLog(entry, life, names);
    }
}

} // namespace tideline::widgets
