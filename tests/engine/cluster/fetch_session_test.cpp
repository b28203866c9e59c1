// SPDX-License-Identifier: GPL-3.0-or-later
// One follower's fetching from one leader (KIP-227): only what is new is named, only what is dirty is looked
// at.
#include "engine/cluster/fetch_session.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

using Partitions = std::vector<PartitionIndex>;

class FetchSessionTest : public QObject
{
    Q_OBJECT

private slots:
    void partitionsStayInOrder()
    {
        FetchSession session;
        for (const PartitionIndex p : {7, 2, 9, 4})
            session.findOrAdd(p).fetchOffset = p * 10;
        QCOMPARE(session.findOrAdd(2).fetchOffset, Offset{20}); // the one that is there
        Partitions order;
        for (const FetchSession::Part& part : session.parts)
            order.push_back(part.partition);
        QCOMPARE(order, (Partitions{2, 4, 7, 9}));
        QCOMPARE(session.find(7)->fetchOffset, Offset{70});
        QVERIFY(!session.find(5));
    }

    void freshPartitionHasBeenToldNothing()
    {
        FetchSession session;
        QCOMPARE(session.findOrAdd(3).sentHighWatermark, Offset{-1});
        QCOMPARE(session.findOrAdd(3).lastFetchedEpoch, -1);
    }

    void forgottenPartitionIsGone()
    {
        FetchSession session;
        session.findOrAdd(1);
        session.findOrAdd(2);
        session.forget(1);
        QVERIFY(!session.find(1));
        QVERIFY(session.find(2));
    }

    // A partition is in the dirty list once, however often something happens to it.
    void dirtyPartitionIsListedOnce()
    {
        FetchSession session;
        FetchSession::Part& part = session.findOrAdd(4);
        session.mark(part);
        session.mark(part);
        QCOMPARE(session.dirty, Partitions{4});
        QVERIFY(part.dirty);
    }

    void followerNamesWhatIsNew()
    {
        Fetcher fetcher;
        fetcher.add(5);
        fetcher.add(3);
        fetcher.add(5);
        QCOMPARE(fetcher.partitions, (Partitions{3, 5}));
        QCOMPARE(fetcher.changed, (Partitions{5, 3}));
        fetcher.changed.clear(); // a request has been sent
        fetcher.touch(3);
        fetcher.touch(3);
        QCOMPARE(fetcher.changed, Partitions{3});
    }

    void followerNamesWhatItNoLongerWants()
    {
        Fetcher fetcher;
        fetcher.add(3);
        fetcher.remove(3);
        QCOMPARE(fetcher.forgotten, Partitions{3});
        QVERIFY(fetcher.partitions.empty());
        QVERIFY(fetcher.changed.empty()); // not named both ways
        fetcher.remove(3);
        QCOMPARE(fetcher.forgotten, Partitions{3}); // nothing was left to forget
    }

    // Forgotten and wanted again before the next request: it is only named as wanted.
    void wantedAgainIsNotForgotten()
    {
        Fetcher fetcher;
        fetcher.add(3);
        fetcher.remove(3);
        fetcher.add(3);
        QVERIFY(fetcher.forgotten.empty());
        QCOMPARE(fetcher.changed, Partitions{3});
    }

    void aSessionBeginsWithEverything()
    {
        QVERIFY(Fetcher().fullNext);
        QVERIFY(!FetchSession().open);
    }
};

TIDELINE_RULE_TEST(FetchSessionTest)
#include "fetch_session_test.moc"
