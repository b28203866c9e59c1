// SPDX-License-Identifier: GPL-3.0-or-later
// Every field list of the engine, reached from the state of a run: it leaves nothing out, and a change of any
// field is seen by hash and equality.
//
// A plain struct is taken apart into as many names as its list has, which compiles only when they are all. Of
// a class with private parts the bytes are looked at: no field but those below lies outside the list.
#include "engine/base/hash.h"
#include "engine/cluster/alter_config.h"
#include "engine/cluster/alter_partition.h"
#include "engine/cluster/broker_heartbeat.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/create_partitions.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"
#include "engine/cluster/register_broker.h"
#include "engine/lab/engine.h"
#include "engine/log/producer_state.h"
#include "engine/stream/flink/bounded_out_of_orderness.h"
#include "engine/stream/flink/timestamps_and_watermarks.h"
#include "engine/stream/flink/watermark_valve.h"
#include "tests/engine/lab/alter.h"
#include "tests/engine/rule_tests.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

using namespace tideline;

namespace tideline::tests {

// A pipeline knows its topology from the beginning: one of a real run.
template <>
inline PipelineJob sample<PipelineJob>()
{
    static const PipelineJob job = [] {
        Scenario scenario;
        scenario.topics = {TopicSpec{"t", 2, 1, 1}};
        scenario.pipelines.emplace_back();
        scenario.pipelines.back().name = "p";
        scenario.pipelines.back().from = "t";
        return *Engine(scenario).world().pipelines.at(0);
    }();
    return job;
}

} // namespace tideline::tests

namespace {

// "tideline::Broker::Asked" from what the compiler calls a template's function; without what stands in <>, so
// that a template counts once.
QString nameIn(const char* function)
{
    QString text = QString::fromUtf8(function);
    text = text.section("T = ", 1).chopped(1).section(';', 0, 0);
    for (qsizetype open = text.lastIndexOf('<'); open >= 0; open = text.lastIndexOf('<'))
        text.remove(open, text.indexOf('>', open) + 1 - open);
    return text;
}
template <class T>
const char* functionOf()
{
    return __PRETTY_FUNCTION__;
}

// --- plain structs: how many names they fall apart into
template <class T>
inline constexpr std::size_t kOutside = 0; // fields that are hashed elsewhere or follow from others
template <>
inline constexpr std::size_t kOutside<Node> = 1; // held: by hashWorld
template <>
inline constexpr std::size_t kOutside<Network::Link> = 1; // held: by hashWorld

#define TIDELINE_TAKE_APART(N, ...)                                                                          \
    if constexpr (kFieldCount<T> + kOutside<T> == N) {                                                       \
        const auto& [__VA_ARGS__] = object;                                                                  \
        (void)std::tie(__VA_ARGS__);                                                                         \
        return true;                                                                                         \
    }

template <class T>
bool fallsApart(const T& object)
{
    if constexpr (kFieldCount<T> == 0)
        return std::is_empty_v<T>;
    TIDELINE_TAKE_APART(1, a)
    TIDELINE_TAKE_APART(2, a, b)
    TIDELINE_TAKE_APART(3, a, b, c)
    TIDELINE_TAKE_APART(4, a, b, c, d)
    TIDELINE_TAKE_APART(5, a, b, c, d, e)
    TIDELINE_TAKE_APART(6, a, b, c, d, e, f)
    TIDELINE_TAKE_APART(7, a, b, c, d, e, f, g)
    TIDELINE_TAKE_APART(8, a, b, c, d, e, f, g, h)
    TIDELINE_TAKE_APART(9, a, b, c, d, e, f, g, h, i)
    TIDELINE_TAKE_APART(10, a, b, c, d, e, f, g, h, i, j)
    TIDELINE_TAKE_APART(11, a, b, c, d, e, f, g, h, i, j, k)
    TIDELINE_TAKE_APART(12, a, b, c, d, e, f, g, h, i, j, k, l)
    TIDELINE_TAKE_APART(13, a, b, c, d, e, f, g, h, i, j, k, l, m)
    TIDELINE_TAKE_APART(14, a, b, c, d, e, f, g, h, i, j, k, l, m, n)
    TIDELINE_TAKE_APART(15, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
    TIDELINE_TAKE_APART(16, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
    return false;
}

// --- classes: which bytes no field of the list covers
// "after replicas_ 32": a hole that padding does not explain.
struct Piece
{
    std::size_t start, end, alignment;
    std::string_view name;
};

QStringList holesOf(std::vector<Piece> pieces, std::size_t size, std::size_t alignment)
{
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.start < b.start; });
    pieces.push_back({size, size, alignment, "end"});
    QStringList holes;
    std::size_t end = 0;
    std::string_view before = "begin";
    for (const Piece& piece : pieces) {
        if (piece.start - end >= piece.alignment)
            holes << QString("after %1 %2")
                         .arg(QLatin1String(before.data(), before.size()))
                         .arg(piece.start - end);
        end = piece.end;
        before = piece.name;
    }
    return holes;
}

template <class T>
QStringList holesOf(const T& object)
{
    std::vector<Piece> pieces;
    const auto* base = reinterpret_cast<const char*>(&object);
    forEachField(object, [&](std::string_view name, const auto& field) {
        const auto start = static_cast<std::size_t>(reinterpret_cast<const char*>(&field) - base);
        pieces.push_back({start, start + sizeof field, alignof(std::decay_t<decltype(field)>), name});
    });
    return holesOf(std::move(pieces), sizeof(T), alignof(T));
}

// What lies outside a list: what follows from the list (derived), what stands still from the beginning
// (fixed), and what is empty between steps (collected). Sizes in bytes.
const std::map<QString, QStringList>& expectedHoles()
{
    static const std::map<QString, QStringList> holes{
        {"tideline::Broker", {"after followerQuota_ 48"}},  // collected
        {"tideline::ReplicaTable", {"after replicas_ 64"}}, // places_, bits_ derived
        {"tideline::Purgatory", {"after pending_ 48"}},     // deadlines_ derived
        {"tideline::GroupCoordinator",                      // image_ as its broker has it; collected
         {QString("after begin %1").arg(sizeof(MetadataImage)), "after committed_ 24"}},
        // topic_ fixed; leaders_ derived; collected
        {"tideline::Producer", {"after index_ 4", "after outstanding_ 24", "after drainedTold_ 54"}},
        {"tideline::GeneratorSource", {"after begin 144"}},                             // fixed
        {"tideline::LogSource", {"after begin 32"}},                                    // fixed
        {"tideline::PipelineJob", {"after firstSeen_ 120"}},                            // collected
        {"tideline::ClassicQueue", {QString("after begin %1").arg(sizeof(QueueSpec))}}, // fixed
        {"tideline::Network", {"after links_ 8"}},                                      // places_ derived
        {"tideline::QuorumPeer", {"after armedFor_ 24"}}, // effects_ empty between calls
        {"tideline::Ledger", {"after begin 24"}},         // partitionsOf_ derived
    };
    return holes;
}

// --- going through all of them
struct Findings
{
    std::set<QString> reached;
    QStringList wrong;

    void count(const char* function)
    {
        wrong << nameIn(function) + " has more fields than this test can count";
    }
    void holes(const char* function, const QStringList& holes)
    {
        const auto expected = expectedHoles().find(nameIn(function));
        if (holes != (expected == expectedHoles().end() ? QStringList() : expected->second))
            wrong << nameIn(function) + " leaves out: " + holes.join(", ");
    }
    void change(const char* function, std::string_view field, bool hashed, bool compared)
    {
        const QString name = nameIn(function) + "::" + QLatin1String(field.data(), field.size());
        if (!hashed)
            wrong << name + " is not hashed";
        if (!compared)
            wrong << name + " is not compared";
    }
    void noElement(const char* function) { wrong << "there is no " + nameIn(function) + " to look at"; }
};

template <class T>
std::uint64_t hashOf(const T& value)
{
    Hasher hasher;
    hashValue(hasher, value);
    return hasher.digest();
}

// Batches of a producer hold a writer and messages a content of any kind: neither knows equality.
template <class T>
constexpr bool comparable()
{
    const std::string_view name = __PRETTY_FUNCTION__;
    for (const std::string_view without :
         {"= tideline::RecordAccumulator", "= tideline::Producer;", "= tideline::Producer]",
          "Producer::Asked", "= tideline::Message]", "= tideline::Message;"}) {
        if (name.find(without) != name.npos)
            return false;
    }
    return true;
}

// Alters the field at this place and asks hash and equality; false when there is no such place.
template <class T>
bool checkField(const T& object, std::size_t place, Findings& findings)
{
    T changed = object;
    std::size_t at = 0;
    std::string_view name;
    forEachField(changed, [&](std::string_view fieldName, auto& field) {
        if (at++ != place)
            return;
        tests::alter(field);
        name = fieldName;
    });
    if (place >= at)
        return false;
    bool compared = true;
    if constexpr (comparable<T>())
        compared = object == object && !(changed == object);
    findings.change(functionOf<T>(), name, hashOf(changed) != hashOf(object), compared);
    return true;
}

template <HasFields T>
void checkList(const T& object, Findings& findings)
{
    if constexpr (!std::is_aggregate_v<T>)
        findings.holes(functionOf<T>(), holesOf(object));
    else if (!fallsApart(object))
        findings.count(functionOf<T>());
    for (std::size_t place = 0; checkField(object, place, findings);)
        ++place;
}

template <class T>
void reach(const T& value, Findings& findings);

// One that is there, else one made by default.
template <class T, class Container>
void reachElement(const Container& container, Findings& findings)
{
    if (container.size() > 0)
        reach<T>(*std::begin(container), findings);
    else if constexpr (std::is_default_constructible_v<T>)
        reach(tests::sample<T>(), findings);
    else
        findings.noElement(functionOf<T>());
}

template <class T>
struct Parts // of what has none: nothing
{
    static void visit(const T&, Findings&) {}
};
template <class... T>
struct PartsOf // any of these
{
    static void visit(const auto&, Findings& findings) { (reach(tests::sample<T>(), findings), ...); }
};
template <class T, class A>
struct Parts<std::vector<T, A>>
{
    static void visit(const std::vector<T, A>& value, Findings& findings)
    {
        reachElement<T>(value, findings);
    }
};
template <class T, class A>
struct Parts<std::deque<T, A>>
{
    static void visit(const std::deque<T, A>& value, Findings& findings) { reachElement<T>(value, findings); }
};
template <class T, std::size_t N>
struct Parts<std::array<T, N>>
{
    static void visit(const std::array<T, N>& value, Findings& findings) { reachElement<T>(value, findings); }
};
template <class T>
struct Parts<Cow<T>>
{
    static void visit(const Cow<T>& value, Findings& findings) { reach(*value, findings); }
};
template <class T>
struct Parts<std::optional<T>> : PartsOf<T>
{
};
template <class T, std::size_t N>
struct Parts<CowPages<T, N>> : PartsOf<T>
{
};
template <class K, class C, class A>
struct Parts<std::set<K, C, A>> : PartsOf<K>
{
};
template <class K, class V, class C, class A>
struct Parts<std::map<K, V, C, A>> : PartsOf<K, V>
{
};
template <class A, class B>
struct Parts<std::pair<A, B>> : PartsOf<A, B>
{
};
template <class... T>
struct Parts<std::variant<T...>> : PartsOf<T...>
{
};
template <class... T>
struct Parts<std::tuple<T...>> : PartsOf<T...>
{
};
template <>
struct Parts<MessageBody> : Parts<MessageKinds>
{
};

template <class T>
void reach(const T& value, Findings& findings)
{
    if constexpr (HasFields<T>) {
        static bool once = false; // per instantiation, so that two of one template are both looked at
        if (std::exchange(once, true))
            return;
        findings.reached.insert(nameIn(functionOf<T>()));
        checkList(value, findings);
        forEachField(value, [&](std::string_view, const auto& field) { reach(field, findings); });
    } else {
        Parts<T>::visit(value, findings);
    }
}

// What the sources declare: last name of the type and how many types have it.
std::map<QString, int> declaredLists()
{
    std::map<QString, int> declared;
    static const QRegularExpression list("^\\s*TIDELINE_FIELDS\\((\\w+),",
                                         QRegularExpression::MultilineOption);
    QDirIterator files(QString(TIDELINE_SOURCE_DIR) + "/engine", {"*.h", "*.cpp"}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QFile::ReadOnly))
            continue;
        const QString text = QString::fromUtf8(file.readAll());
        for (auto match = list.globalMatch(text); match.hasNext();)
            ++declared[match.next().captured(1)];
    }
    return declared;
}

} // namespace

class FieldListsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyListIsComplete()
    {
        Findings findings;
        using Roots =
            std::tuple<Broker, Controller, Producer, GroupConsumer, PipelineJob, WindowTruth, Network, Node,
                       GroupStory, RestartStory, Ledger, RollUps, Message, FactBody, TimedCommand,
                       MetadataRecord, Timer, RoundRobinPartitioner, EpochEnd, Pane, StreamSignal,
                       ProducerState, AbortedTransaction, flink::PartitionWatermarkSpec,
                       flink::WatermarkValve, RaftNode, RaftRequest, JudgedEnd, ClassicQueue>;
        Parts<Roots>::visit(0, findings);
        using ControlRoots =
            std::tuple<control::ClusterControl, control::Record, control::RegisterBrokerRequest,
                       control::BrokerRegistered, control::BrokerHeartbeatRequest,
                       control::BrokerHeartbeatAnswer, control::AlterConfigRequest,
                       control::CreateTopicRequest, control::TopicCreated, control::CreatePartitionsRequest,
                       control::AlterPartitionRequest, control::ReassignPartitionRequest,
                       control::ElectLeaderRequest>;
        Parts<ControlRoots>::visit(0, findings);
        using flink::BoundedOutOfOrderness;
        reach(flink::TimestampsAndWatermarks<BoundedOutOfOrderness>(BoundedOutOfOrderness(5), 200, 0),
              findings);
        QVERIFY2(findings.wrong.isEmpty(), qPrintable('\n' + findings.wrong.join('\n')));
        std::map<QString, int> reached;
        for (const QString& name : findings.reached)
            ++reached[name.section("::", -1)];
        QStringList missed;
        for (const auto& [name, count] : declaredLists()) {
            if (reached[name] != count)
                missed << QString("%1: %2 declared, %3 reached").arg(name).arg(count).arg(reached[name]);
        }
        QVERIFY2(missed.isEmpty(), qPrintable('\n' + missed.join('\n')));
    }
};

TIDELINE_RULE_TEST(FieldListsTest)
#include "field_lists_test.moc"
