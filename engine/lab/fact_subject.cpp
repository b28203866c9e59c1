// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/fact_subject.h"

#include <variant>

namespace tideline {

namespace {

using Kind = Selection::Kind;

Selection select(Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

// By the fields that a fact has, the narrowest first: a record, a pane, a partition, a member...
template <class F>
Selection subject(const F& fact, const Directory& names)
{
    if constexpr (requires {
                      fact.start;
                      fact.end;
                  }) {
        Selection window = select(Kind::Window, fact.pipeline);
        window.start = fact.start;
        window.end = fact.end;
        return window;
    } else if constexpr (requires {
                             fact.eventTime;
                             fact.offset;
                         }) {
        Selection record = select(Kind::Record, kNone);
        record.partition = fact.partition;
        record.offset = fact.offset;
        return record;
    } else if constexpr (requires { fact.partition; }) {
        return fact.partition == kNone ? Selection() : select(Kind::Partition, fact.partition);
    } else if constexpr (requires { fact.member; }) {
        return select(Kind::Member, fact.member);
    } else if constexpr (requires { fact.group; }) {
        return select(Kind::Group, fact.group);
    } else if constexpr (requires { fact.producer; }) {
        return select(Kind::Producer, fact.producer);
    } else if constexpr (requires { fact.pipeline; }) {
        return select(Kind::Pipeline, fact.pipeline);
    } else if constexpr (requires { fact.broker; }) {
        return select(Kind::Broker, fact.broker);
    } else if constexpr (requires { fact.holder; }) {
        return fact.holder < names.brokers ? select(Kind::Broker, fact.holder + 1)
                                           : select(Kind::Controller, fact.holder - names.brokers + 1);
    } else if constexpr (requires { fact.topic; }) {
        return select(Kind::Topic, fact.topic);
    } else if constexpr (requires { fact.controller; }) {
        return select(Kind::Controller, fact.controller - names.brokers + 1);
    } else {
        return {};
    }
}

} // namespace

Selection subjectOf(const FactBody& body, const Directory& names)
{
    return std::visit([&names](const auto& fact) { return subject(fact, names); }, body);
}

} // namespace tideline
