// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_words.h"

#include "engine/log/codec.h"
#include "widgets/groups/group_words.h"
#include "widgets/lab_tree/lab_tree_words.h"
#include "widgets/theme/amount_text.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::InspectorWords)
};

// In the order of InspectorFrame::Key.
constexpr std::array kKeys{
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "state"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "since"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "broker epoch"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "leader of partitions"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "replicas"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "in sync"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "leader epoch"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "leader"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "ISR"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "replicas on"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "replica"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "eligible leader replicas"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "last known leader"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "being added"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "being removed"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "recovers after an unclean election"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "least in sync to write"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "log start offset"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "high watermark"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "log end offset"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "lag"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "size"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "batches"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "segments"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "on the disk itself, below offset"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "compacted below offset"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "compression"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "disk"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "each append takes longer by"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "produced"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "acknowledged"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "given up"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "retries"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "in the accumulator"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "rate"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "generation"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "coordinator"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "members"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "assigned"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "position"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "committed"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "delivered once"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "delivered more than once"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "lost"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "waiting"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "expired unread"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "watermark"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "window start"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "window end (exclusive)"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "window state"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "count"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "sum"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "happened by now"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "dropped"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "counted after firing"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "firings"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "records"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "key"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "value"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "event time"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "offset"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "producer"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "controller epoch"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "end of the metadata log"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "committed below"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "start of the metadata log"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "newest snapshot"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "role in the quorum"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "leader it knows of"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "vote of this epoch"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "voter"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "metadata record"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "link to"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "wall clock"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "messages that wait"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "of these paged out to disk"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "unacknowledged"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "acknowledged and gone"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "published"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "delivered"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "delivered again"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "consumer"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "rack"),
    QT_TRANSLATE_NOOP("tideline::widgets::InspectorWords", "reads from"),
};
static_assert(kKeys.size() == static_cast<std::size_t>(InspectorFrame::Key::ReadsFrom) + 1);

QString windowStateText(WindowState state)
{
    switch (state) {
    case WindowState::Open:
        return Text::tr("open");
    case WindowState::Fired:
        return Text::tr("fired");
    case WindowState::Final:
        return Text::tr("cleaned up");
    }
    return {};
}

QString stateText(std::int64_t number, Selection::Kind kind)
{
    switch (kind) {
    case Selection::Kind::Broker:
        return brokerStateText(static_cast<BrokerState>(number));
    case Selection::Kind::Group:
        return groupStateText(static_cast<GroupState>(number));
    case Selection::Kind::Member:
        return memberStateText(static_cast<MemberState>(number));
    case Selection::Kind::Window:
        return windowStateText(static_cast<WindowState>(number));
    case Selection::Kind::Controller:
        return number != 0 ? Text::tr("active") : Text::tr("standing by");
    default:
        return countText(number);
    }
}

QString standingText(const InspectorFrame::Replica& replica)
{
    using Standing = InspectorFrame::Replica::Standing;
    switch (replica.standing) {
    case Standing::Leads:
        return Text::tr("leads");
    case Standing::InSync:
        return Text::tr("in sync");
    case Standing::BrokerFenced:
        return Text::tr("out of the ISR: its broker is fenced");
    case Standing::Behind:
        return Text::tr("out of the ISR: %1 behind").arg(recordsText(replica.missing));
    case Standing::CaughtUp:
        return Text::tr("out of the ISR: caught up, about to join");
    }
    return {};
}

// "broker 2", then why it counts or not, then when it last fetched.
QString replicaName(const InspectorFrame::Replica& replica)
{
    QStringList lines{brokerText(replica.broker), standingText(replica)};
    if (replica.sinceFetch >= 0)
        lines << Text::tr("fetched %1 ago").arg(durationText(replica.sinceFetch));
    return lines.join(QLatin1Char('\n'));
}

QString replicaText(const InspectorFrame::Replica& replica)
{
    if (!replica.there)
        return Text::tr("nothing");
    QStringList lines{Text::tr("LEO %1").arg(replica.logEnd), Text::tr("HW %1").arg(replica.highWatermark),
                      Text::tr("epoch %1").arg(replica.leaderEpoch)};
    if (replica.logStart > 0)
        lines << Text::tr("log start %1").arg(replica.logStart);
    if (replica.segments > 1)
        lines << Text::tr("%1 segments").arg(replica.segments);
    if (replica.flushedTo < replica.logEnd)
        lines << Text::tr("on disk below %1").arg(replica.flushedTo);
    return lines.join(QLatin1Char('\n'));
}

QString controllerText(std::int64_t controller)
{
    return controller == kNone ? Text::tr("none") : Text::tr("controller %1").arg(controller);
}

// "controller 2", then what it is, then when it last fetched from the active one.
QString voterName(const InspectorFrame::Voter& voter)
{
    QStringList lines{controllerText(voter.controller)};
    lines << (voter.alive ? QString::fromLatin1(raftRoleName(voter.role)) : Text::tr("stopped"));
    if (voter.sinceFetch >= 0)
        lines << Text::tr("fetched %1 ago").arg(durationText(voter.sinceFetch));
    return lines.join(QLatin1Char('\n'));
}

QString voterText(const InspectorFrame::Voter& voter)
{
    return Text::tr("epoch %1\nlog end %2\nvote %3")
        .arg(voter.epoch)
        .arg(voter.logEnd)
        .arg(controllerText(voter.voted));
}

// "broker 2: cut, hears nothing from it; 3 messages wait; latency 1 ms, 125 MB/s".
QString linkText(const InspectorFrame::Link& link, const Directory& names)
{
    QStringList parts;
    if (link.cutTo && link.cutFrom)
        parts << Text::tr("cut both ways");
    else if (link.cutTo)
        parts << Text::tr("cut: is not heard there");
    else if (link.cutFrom)
        parts << Text::tr("cut: hears nothing from there");
    if (link.held > 0)
        parts << Text::tr("%1 messages wait").arg(countText(link.held));
    if (link.changed)
        parts << Text::tr("latency %1, %2/s").arg(durationText(link.latency), bytesText(link.bandwidth));
    return Text::tr("%1: %2").arg(nodeText(link.peer, names), parts.join(QStringLiteral("; ")));
}

QString skewText(Micros skew)
{
    return skew < 0 ? Text::tr("%1 behind").arg(durationText(-skew))
                    : Text::tr("%1 ahead").arg(durationText(skew));
}

QString offsetText(std::int64_t offset)
{
    return offset < 0 ? Text::tr("none") : QString::number(offset);
}

// "zstd, 31 % of 1.2 MB".
QString compressionText(const CompressionSeen& seen)
{
    const QString codec = QString::fromLatin1(codecName(seen.codec));
    if (seen.plainBytes == 0)
        return codec;
    return Text::tr("%1, %2 % of %3")
        .arg(codec)
        .arg(seen.bytes * 100 / seen.plainBytes)
        .arg(bytesText(seen.plainBytes));
}

} // namespace

QString inspectorKeyText(InspectorFrame::Key key)
{
    return Text::tr(kKeys[static_cast<std::size_t>(key)]);
}

QString inspectorNameText(const InspectorFrame::Row& row)
{
    if (row.voter)
        return voterName(*row.voter);
    if (row.key == InspectorFrame::Key::MetadataLogRecord)
        return QStringLiteral("%1  %2").arg(row.number).arg(QString::fromStdString(row.text));
    return row.replica ? replicaName(*row.replica) : inspectorKeyText(row.key);
}

QString inspectorValueText(const InspectorFrame::Row& row, const Frame& frame)
{
    using Key = InspectorFrame::Key;
    if (row.key == Key::MetadataLogRecord)
        return {}; // its name says it all
    if (row.key == Key::MetadataSnapshot)
        return Text::tr("up to %1, epoch %2").arg(offsetText(row.number), QString::fromStdString(row.text));
    if (row.key == Key::ReadsFrom)
        return Text::tr("%1: %2").arg(QString::fromStdString(row.text),
                                      row.number == kNone ? Text::tr("nobody")
                                                          : brokerText(static_cast<BrokerId>(row.number)));
    if (!row.text.empty())
        return QString::fromStdString(row.text);
    if (row.replica)
        return replicaText(*row.replica);
    if (row.voter)
        return voterText(*row.voter);
    if (row.link)
        return frame.names ? linkText(*row.link, *frame.names) : QString();
    if (row.compression)
        return compressionText(*row.compression);
    switch (row.key) {
    case Key::ClockSkew:
        return skewText(row.number);
    case Key::State:
        return stateText(row.number, frame.inspector.selection.kind);
    case Key::WindowState:
        return windowStateText(static_cast<WindowState>(row.number));
    case Key::Since:
        return clockText(row.number);
    case Key::Bytes:
        return bytesText(row.number);
    case Key::Disk:
        return diskStateText(static_cast<DiskState>(row.number));
    case Key::DiskDelay:
        return durationText(row.number);
    case Key::Rate:
        return Text::tr("%1 records/s").arg(countText(row.number));
    case Key::Leader:
    case Key::Recovering:
    case Key::Coordinator:
        return row.number == kNone ? Text::tr("none") : brokerText(static_cast<BrokerId>(row.number));
    case Key::QuorumRole:
        return QString::fromLatin1(raftRoleName(static_cast<RaftRole>(row.number)));
    case Key::QuorumLeader:
    case Key::Voted:
        return controllerText(row.number);
    case Key::Producer:
        return frame.names ? producerText(static_cast<ProducerIndex>(row.number), *frame.names) : QString();
    case Key::Watermark:
    case Key::WindowStart:
    case Key::WindowEnd:
    case Key::EventTime:
        return dataTimeText(row.number);
    case Key::LogStart:
    case Key::HighWatermark:
    case Key::LogEnd:
    case Key::Flushed:
    case Key::CleanedTo:
    case Key::Position:
    case Key::Committed:
    case Key::Offset:
    case Key::MetadataOffset:
    case Key::MetadataCommitted:
    case Key::MetadataLogStart:
        return offsetText(row.number);
    case Key::LeaderEpoch:
    case Key::BrokerEpoch:
    case Key::Epoch:
    case Key::Generation:
        return QString::number(row.number);
    default:
        return countText(row.number);
    }
}

QString selectionText(const Selection& selection, const Directory& names)
{
    using Kind = Selection::Kind;
    switch (selection.kind) {
    case Kind::None:
        return {};
    case Kind::Broker:
        return brokerText(selection.index);
    case Kind::Controller:
        return Text::tr("controller %1").arg(selection.index);
    case Kind::Topic:
        return Text::tr("topic %1").arg(topicText(selection.index, names));
    case Kind::Partition:
        return partitionText(selection.index, names);
    case Kind::Producer:
        return Text::tr("producer %1").arg(producerText(selection.index, names));
    case Kind::Group:
        return Text::tr("group %1").arg(groupText(selection.index, names));
    case Kind::Member:
        return Text::tr("member %1").arg(memberText(selection.index, names));
    case Kind::Pipeline:
        return Text::tr("pipeline %1").arg(pipelineText(selection.index, names));
    case Kind::Window:
        return Text::tr("window %1").arg(dataWindowText(selection.start, selection.end));
    case Kind::Record:
        return QStringLiteral("%1 @ %2").arg(partitionText(selection.partition, names)).arg(selection.offset);
    case Kind::Queue:
        return Text::tr("queue %1").arg(queueText(selection.index, names));
    case Kind::Fact:
        return Text::tr("fact %1").arg(selection.fact);
    }
    return {};
}

model::InspectorWords inspectorWords()
{
    return {inspectorNameText, inspectorValueText, [](int column) {
                return column == model::InspectorModel::NameColumn ? Text::tr("name") : Text::tr("value");
            }};
}

} // namespace tideline::widgets
