// SPDX-License-Identifier: GPL-3.0-or-later
// What a node has asked: a time-out takes the whole connection, as with TCP.
#include "engine/cluster/outstanding_requests.h"
#include "tests/engine/effects_of.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

using Nodes = std::vector<NodeIndex>;
using Requests = OutstandingRequests<std::int32_t>; // the tag: any number

namespace {

constexpr Micros kTimeout = 1000;

std::vector<std::int32_t> tagsOf(const auto& requests)
{
    std::vector<std::int32_t> tags;
    for (const Requests::Request& request : requests)
        tags.push_back(request.tag);
    return tags;
}

std::vector<Micros> timers(Effects& out)
{
    return tests::timersOf(out, TimerKind::ClientTimeout);
}

} // namespace

class OutstandingRequestsTest : public QObject
{
    Q_OBJECT

private slots:
    void sendsUnderNumbersThatRise()
    {
        Requests requests;
        Effects out;
        QCOMPARE(requests.send(4, MetadataRequest{}, 10, 0, kTimeout, out), 1);
        QCOMPARE(requests.sendOnly(5, MetadataRequest{}, out), 2); // acks=0: nobody waits for it
        QCOMPARE(requests.send(6, MetadataRequest{}, 11, 0, kTimeout, out), 3);
        Nodes to;
        std::vector<std::int32_t> correlations;
        for (const SendRequest& sent : tests::effectsOf<SendRequest>(out)) {
            to.push_back(sent.to);
            correlations.push_back(sent.correlation);
        }
        QCOMPARE(to, (Nodes{4, 5, 6}));
        QCOMPARE(correlations, (std::vector<std::int32_t>{1, 2, 3}));
        QCOMPARE(requests.all().size(), std::size_t{2});
    }

    void answerFindsItsRequestOnce()
    {
        Requests requests;
        Effects out;
        const auto first = requests.send(4, MetadataRequest{}, 10, 0, kTimeout, out);
        requests.send(4, MetadataRequest{}, 11, 0, kTimeout, out);
        QVERIFY(!requests.answered(5, first)); // from somebody else
        QCOMPARE(requests.answered(4, first)->tag, 10);
        QVERIFY(!requests.answered(4, first));
        QCOMPARE(requests.countTo(4), std::size_t{1});
        QCOMPARE(requests.countTo(5), std::size_t{0});
    }

    void oneTimerForTheEarliestDeadline()
    {
        Requests requests;
        Effects out;
        requests.send(4, MetadataRequest{}, 10, 0, 1000, out);
        requests.send(4, MetadataRequest{}, 11, 100, 1000, out);
        QCOMPARE(timers(out), std::vector<Micros>{1000});
        requests.send(4, MetadataRequest{}, 12, 200, 300, out);
        QCOMPARE(timers(out), (std::vector<Micros>{1000, 500}));
    }

    void silentPeersAreNamedOnce()
    {
        Requests requests;
        Effects out;
        requests.send(4, MetadataRequest{}, 10, 0, 1000, out);
        requests.send(4, MetadataRequest{}, 11, 0, 1000, out);
        requests.send(5, MetadataRequest{}, 12, 0, 1000, out);
        requests.send(6, MetadataRequest{}, 13, 1, 1000, out);
        out.clear();
        QCOMPARE(requests.silentPeers(1000, out), (Nodes{4, 5})); // the deadline itself is too late
        QCOMPARE(timers(out), std::vector<Micros>{1001});
    }

    // Two timers run for one time; only the first of them may arm the next, or there would be ever more.
    void aSupersededTimerIsSilent()
    {
        Requests requests;
        Effects out;
        requests.send(4, MetadataRequest{}, 10, 0, 1000, out);
        requests.answered(4, requests.send(4, MetadataRequest{}, 11, 0, 500, out));
        requests.send(5, MetadataRequest{}, 12, 0, 3000, out);
        out.clear();
        QVERIFY(requests.silentPeers(500, out).empty());
        QCOMPARE(requests.silentPeers(1000, out), Nodes{4});
        QCOMPARE(timers(out), (std::vector<Micros>{1000, 3000}));
        QVERIFY(requests.silentPeers(1000, out).empty());
        QCOMPARE(timers(out), (std::vector<Micros>{1000, 3000}));
    }

    // Everything was answered in time: the timer that rings is stale and leaves no other behind.
    void staleTimerFindsNobody()
    {
        Requests requests;
        Effects out;
        requests.answered(4, requests.send(4, MetadataRequest{}, 10, 0, 1000, out));
        out.clear();
        QVERIFY(requests.silentPeers(1000, out).empty());
        QVERIFY(out.list().empty());
        requests.send(4, MetadataRequest{}, 11, 1000, 1000, out);
        QCOMPARE(timers(out), std::vector<Micros>{2000}); // armed anew
    }

    // A closed connection takes what was sent on it, not what was sent on the next one.
    void closedConnectionLosesUpToItsLastRequest()
    {
        Requests requests;
        Effects out;
        requests.send(4, MetadataRequest{}, 10, 0, kTimeout, out);
        requests.send(5, MetadataRequest{}, 11, 0, kTimeout, out);
        const auto last = requests.send(4, MetadataRequest{}, 12, 0, kTimeout, out);
        requests.send(4, MetadataRequest{}, 13, 0, kTimeout, out);
        QCOMPARE(tagsOf(requests.lost(4, last)), (std::vector<std::int32_t>{10, 12}));
        QCOMPARE(tagsOf(requests.all()), (std::vector<std::int32_t>{11, 13}));
        QVERIFY(requests.lost(4, last).empty());
    }

    void restartForgetsButCountsOn()
    {
        Requests requests;
        Effects out;
        const auto before = requests.send(4, MetadataRequest{}, 10, 0, kTimeout, out);
        requests.forgetAll();
        QVERIFY(!requests.answered(4, before));
        out.clear();
        QVERIFY(requests.send(4, MetadataRequest{}, 11, 5000, kTimeout, out) > before);
        QCOMPARE(timers(out), std::vector<Micros>{6000});
    }
};

TIDELINE_RULE_TEST(OutstandingRequestsTest)
#include "outstanding_requests_test.moc"
