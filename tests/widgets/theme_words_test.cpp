// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, times, names and facts in words.
#include "engine/cluster/error_code.h"
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QTest>

#include <limits>
#include <utility>

using namespace tideline;
using namespace tideline::widgets;

namespace {

constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

template <std::size_t... I>
std::vector<FactBody> oneOfEach(std::index_sequence<I...>)
{
    return {FactBody(std::in_place_index<I>)...};
}

std::vector<FactBody> oneOfEach()
{
    return oneOfEach(std::make_index_sequence<std::variant_size_v<FactBody>>());
}

} // namespace

class ThemeWordsTest : public QObject
{
    Q_OBJECT
private slots:
    void times()
    {
        QCOMPARE(clockText(83'450'999), QStringLiteral("00:01:23.450"));
        QCOMPARE(clockText(0), QStringLiteral("00:00:00.000"));
        QCOMPARE(clockText(-1), QStringLiteral("−00:00:00.001"));
        QCOMPARE(shortTimeText(80'999'999), QStringLiteral("1:20"));
        QCOMPARE(shortTimeText(3'723'000'000), QStringLiteral("1:02:03"));
        QCOMPARE(shortTimeText(-1), QStringLiteral("−0:01"));
        QVERIFY(!clockText(kLeast).isEmpty() && !shortTimeText(kLeast).isEmpty() &&
                !durationText(kLeast).isEmpty());
    }

    void durations()
    {
        QCOMPARE(durationText(0), QStringLiteral("0 s"));
        QCOMPARE(durationText(350), QStringLiteral("350 µs"));
        QCOMPARE(durationText(4'250), QStringLiteral("4.2 ms"));
        QCOMPARE(durationText(5'000), QStringLiteral("5 ms"));
        QCOMPARE(durationText(214'700), QStringLiteral("214 ms"));
        QCOMPARE(durationText(9'012'345), QStringLiteral("9.0 s"));
        QCOMPARE(durationText(5'000'000), QStringLiteral("5 s"));
        QCOMPARE(durationText(125'000'000), QStringLiteral("2 min 5 s"));
        QCOMPARE(durationText(3'780'000'000), QStringLiteral("1 h 3 min"));
        QCOMPARE(durationText(86'400'000'000), QStringLiteral("24 h"));
        QCOMPARE(durationText(259'200'000'000), QStringLiteral("3 d"));
        QCOMPARE(durationText(-214'000), QStringLiteral("−214 ms"));
    }

    void counts()
    {
        QCOMPARE(countText(999), QStringLiteral("999"));
        QCOMPARE(countText(10'682), QStringLiteral("10\u2009682"));
        QCOMPARE(countText(-1'234'567), QStringLiteral("−1\u2009234\u2009567"));
        QCOMPARE(countText(kLeast),
                 QStringLiteral("−9\u2009223\u2009372\u2009036\u2009854\u2009775\u2009808"));
        QCOMPARE(bytesText(512), QStringLiteral("512 B"));
        QCOMPARE(bytesText(1'900'000'000), QStringLiteral("1.9 GB"));
    }

    void namesComeFromTheDirectory()
    {
        const Frame frame = samples::cluster(6);
        QCOMPARE(partitionText(5, *frame.names), QStringLiteral("orders-5"));
        QCOMPARE(partitionText(6, *frame.names), QStringLiteral("?"));
        QCOMPARE(partitionText(kNone, *frame.names), QStringLiteral("?"));
        for (NodeIndex node = 0; node < 11; ++node)
            QCOMPARE(nodeText(node, *frame.names), QString::fromStdString(frame.names->nodeName(node)));
        QCOMPARE(nodeText(99, *frame.names), QStringLiteral("?"));
    }

    void aFactSaysWhatHappened()
    {
        const Frame frame = samples::cluster(6);
        const auto text = [&](const FactBody& body) { return factText(body, 64'000'000, *frame.names); };
        QCOMPARE(text(BrokerFenced{2, 54'990'000}),
                 QStringLiteral("broker 2 fenced: no heartbeat for 9.0 s"));
        QCOMPARE(text(LeaderElected{1, 3, 2, 8}),
                 QStringLiteral("broker 3 leads orders-1, leader epoch 8; before: broker 2"));
        QCOMPARE(text(LinkCut{0, 4}), QStringLiteral("link broker 1 – sensors cut"));
        QCOMPARE(text(LinkCut{0, 4, true}), QStringLiteral("link broker 1 → sensors cut one way"));
        QCOMPARE(text(LinkChanged{0, 4, 200'000, 1'000'000, false}),
                 QStringLiteral("link broker 1 – sensors changed: latency 200 ms, 1.0 MB/s"));
        QCOMPARE(text(ClockSkewed{4, -300'000'000}), QStringLiteral("clock of sensors is 5 min behind"));
        QCOMPARE(text(FaultAimed{1, 0, 2, 3, 0}),
                 QStringLiteral("aimed: ReplicaFetch number 3 from broker 2 to broker 1 will be lost"));
        QCOMPARE(text(MessageDropped{1, 0, 2}),
                 QStringLiteral("ReplicaFetch from broker 2 to broker 1 lost, beyond TCP"));
        QCOMPARE(text(MessageDelayed{1, 0, 2, 2'000'000}),
                 QStringLiteral("ReplicaFetch from broker 2 to broker 1 held up for 2 s"));
        QCOMPARE(text(ProduceRefused{0, 1, ErrorCode::NotEnoughReplicas, 12, true}),
                 QStringLiteral(
                     "sensors: 12 records for orders-1 refused, NOT_ENOUGH_REPLICAS; will be sent again"));
        QCOMPARE(text(PaneFired{0, 5, 80'000, 90'000, 0, 45}),
                 QStringLiteral("revenue [1:20, 1:30): 45 records, 5 keys; fired"));
        QCOMPARE(text(RecordsLost{0, 1, 0, 7, 1}),
                 QStringLiteral("1 record of orders-1 lost for group billing, although acknowledged"));
        QCOMPARE(factLabel(BrokerFenced{2, 0}, *frame.names), QStringLiteral("broker 2 fenced"));
    }

    void everyKindHasWordsAndASign()
    {
        const Frame frame = samples::cluster(6);
        int matter = 0;
        for (const FactBody& body : oneOfEach()) {
            const QString words = factText(body, 0, *frame.names);
            QVERIFY2(words.size() > 8 && !words.contains(u'%') && !words.endsWith(u'.'), qPrintable(words));
            const QString label = factLabel(body, *frame.names);
            QVERIFY2(!label.isEmpty() && !label.contains(u'%') && label.size() <= words.size(),
                     qPrintable(label));
            QVERIFY(factSign(body).role != ColorRole::None);
            matter += mattersForTimeline(body) ? 1 : 0;
        }
        QVERIFY(matter > 10 && matter < 60);
    }

    void faultsAndRecoveriesLookDifferent()
    {
        const FactSign killed = factSign(BrokerKilled{1});
        const FactSign started = factSign(BrokerStarted{1});
        QVERIFY(killed.shape != started.shape && killed.role != started.role);
        QVERIFY(mattersForTimeline(BrokerKilled{1}));
        QVERIFY(!mattersForTimeline(RecordsAppended{}));
    }
};

TIDELINE_GUI_TEST_MAIN(ThemeWordsTest)
#include "theme_words_test.moc"
