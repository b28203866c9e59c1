// SPDX-License-Identifier: GPL-3.0-or-later
// Which moments of a journal a report shows, on journals made by hand.
#include "model/report_moments.h"

#include <QTest>

using namespace tideline;
using model::ReportMoment;
using model::reportMoments;
using Kind = model::ReportMoment::Kind;

namespace {

CowPages<Fact, 256> journalOf(const std::vector<std::pair<Micros, FactBody>>& facts)
{
    CowPages<Fact, 256> journal;
    FactNumber number = 0;
    for (const auto& [time, body] : facts)
        journal.push(Fact{++number, 0, time, body});
    return journal;
}

std::vector<Kind> kindsOf(const std::vector<ReportMoment>& moments)
{
    std::vector<Kind> kinds;
    for (const ReportMoment& moment : moments)
        kinds.push_back(moment.kind);
    return kinds;
}

} // namespace

class ReportMomentsTest : public QObject
{
    Q_OBJECT
private slots:
    void anEmptyRunHasItsEnd();
    void theBeginningIsNoMoment();
    void theFirstOfEachKindIsShown();
    void tiesFollowTheStory();
};

void ReportMomentsTest::anEmptyRunHasItsEnd()
{
    const std::vector<ReportMoment> moments = reportMoments({}, 77);
    QCOMPARE(moments.size(), std::size_t{1});
    QVERIFY(moments[0].kind == Kind::End);
    QCOMPARE(moments[0].at, Micros{77});
}

void ReportMomentsTest::theBeginningIsNoMoment()
{
    const auto journal =
        journalOf({{1, LeaderElected{0, 1, kNone, 0}}, {2, RebalanceStarted{0, 0}}, {3, BrokerUnfenced{1}}});
    QVERIFY(kindsOf(reportMoments(journal, 10)) == std::vector<Kind>{Kind::End});
}

void ReportMomentsTest::theFirstOfEachKindIsShown()
{
    const auto journal = journalOf({{5, RecordsLost{}},
                                    {6, RecordsLost{}},
                                    {7, BrokerFenced{2, 0}},
                                    {9, RecordsLost{}},
                                    {11, LeaderElected{0, 1, 2, 1}},
                                    {12, RebalanceStarted{0, 1}}});
    const std::vector<ReportMoment> moments = reportMoments(journal, 20);
    QVERIFY(kindsOf(moments) == (std::vector<Kind>{Kind::Lost, Kind::BrokerFenced, Kind::LeaderChanged,
                                                   Kind::Rebalance, Kind::End}));
    QCOMPARE(moments[0].at, Micros{5});
    QCOMPARE(moments[0].further, std::int64_t{2});
    QCOMPARE(moments[0].fact.number, FactNumber{1});
    QCOMPARE(moments[1].further, std::int64_t{0});
}

void ReportMomentsTest::tiesFollowTheStory()
{
    const auto journal =
        journalOf({{5, RecordsLost{}}, {5, LeaderElected{0, 1, 2, 1}}, {5, BrokerFenced{2, 0}}});
    QVERIFY(kindsOf(reportMoments(journal, 5)) ==
            (std::vector<Kind>{Kind::BrokerFenced, Kind::LeaderChanged, Kind::Lost, Kind::End}));
}

QTEST_APPLESS_MAIN(ReportMomentsTest)
#include "report_moments_test.moc"
