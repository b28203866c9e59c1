// SPDX-License-Identifier: GPL-3.0-or-later
// Error codes: Kafka's number, Kafka's name, and whether a client tries again.
#include "engine/cluster/error_code.h"
#include "tests/engine/rule_tests.h"

#include <set>

using namespace tideline;

namespace {

struct Known
{
    int code;
    const char* name;
    bool retriable;
};

// As org.apache.kafka.common.protocol.Errors lists them.
constexpr Known kKnown[] = {
    {0, "NONE", false},
    {1, "OFFSET_OUT_OF_RANGE", false},
    {2, "CORRUPT_MESSAGE", true},
    {3, "UNKNOWN_TOPIC_OR_PARTITION", true},
    {5, "LEADER_NOT_AVAILABLE", true},
    {6, "NOT_LEADER_OR_FOLLOWER", true},
    {7, "REQUEST_TIMED_OUT", true},
    {10, "MESSAGE_TOO_LARGE", false},
    {13, "NETWORK_EXCEPTION", true},
    {14, "COORDINATOR_LOAD_IN_PROGRESS", true},
    {15, "COORDINATOR_NOT_AVAILABLE", true},
    {16, "NOT_COORDINATOR", true},
    {17, "INVALID_TOPIC_EXCEPTION", false},
    {18, "RECORD_LIST_TOO_LARGE", false},
    {19, "NOT_ENOUGH_REPLICAS", true},
    {20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", true},
    {22, "ILLEGAL_GENERATION", false},
    {23, "INCONSISTENT_GROUP_PROTOCOL", false},
    {25, "UNKNOWN_MEMBER_ID", false},
    {27, "REBALANCE_IN_PROGRESS", false},
    {32, "INVALID_TIMESTAMP", false},
    {36, "TOPIC_ALREADY_EXISTS", false},
    {37, "INVALID_PARTITIONS", false},
    {38, "INVALID_REPLICATION_FACTOR", false},
    {39, "INVALID_REPLICA_ASSIGNMENT", false},
    {40, "INVALID_CONFIG", false},
    {41, "NOT_CONTROLLER", true},
    {42, "INVALID_REQUEST", false},
    {44, "POLICY_VIOLATION", false},
    {56, "KAFKA_STORAGE_ERROR", true},
    {70, "FETCH_SESSION_ID_NOT_FOUND", true},
    {74, "FENCED_LEADER_EPOCH", true},
    {75, "UNKNOWN_LEADER_EPOCH", true},
    {77, "STALE_BROKER_EPOCH", false},
    {78, "OFFSET_NOT_AVAILABLE", true},
    {79, "MEMBER_ID_REQUIRED", false},
    {80, "PREFERRED_LEADER_NOT_AVAILABLE", true},
    {83, "ELIGIBLE_LEADERS_NOT_AVAILABLE", true},
    {84, "ELECTION_NOT_NEEDED", true},
    {85, "NO_REASSIGNMENT_IN_PROGRESS", false},
    {87, "INVALID_RECORD", false},
    {95, "INVALID_UPDATE_VERSION", false},
    {100, "UNKNOWN_TOPIC_ID", true},
    {101, "DUPLICATE_BROKER_REGISTRATION", false},
    {102, "BROKER_ID_NOT_REGISTERED", false},
    {107, "INELIGIBLE_REPLICA", false},
    {108, "NEW_LEADER_ELECTED", false},
    {119, "INVALID_REGISTRATION", false},
};

} // namespace

class ErrorCodeTest : public QObject
{
    Q_OBJECT

private slots:
    void known_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("retriable");
        for (const Known& known : kKnown)
            QTest::newRow(known.name) << known.code << QString(known.name) << known.retriable;
    }

    void known()
    {
        QFETCH(int, code);
        const auto error = static_cast<ErrorCode>(code);
        const std::string_view name = errorName(error);
        QTEST(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())), "name");
        QTEST(isRetriable(error), "retriable");
    }

    // A name that the table above does not have would be one that nobody checked.
    void everyNameIsInTheTable()
    {
        std::set<std::string_view> names;
        for (const Known& known : kKnown)
            names.insert(known.name);
        for (int code = 0; code < 1000; ++code) {
            const std::string_view name = errorName(static_cast<ErrorCode>(code));
            QVERIFY2(name == "UNKNOWN_SERVER_ERROR" || names.contains(name), std::string(name).c_str());
        }
    }
};

TIDELINE_RULE_TEST(ErrorCodeTest)
#include "error_code_test.moc"
