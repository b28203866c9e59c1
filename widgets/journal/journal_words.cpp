// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/journal_words.h"

#include "widgets/journal/fact_kinds.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::JournalWords)
};

QString headerText(int column)
{
    switch (column) {
    case model::JournalModel::NumberColumn:
        return Text::tr("fact");
    case model::JournalModel::TimeColumn:
        return Text::tr("time");
    case model::JournalModel::KindColumn:
        return Text::tr("kind");
    case model::JournalModel::WhatColumn:
        return Text::tr("what happened");
    case model::JournalModel::CauseColumn:
        return Text::tr("because of");
    default:
        return {};
    }
}

} // namespace

model::JournalWords journalWords()
{
    const auto what = [](const Fact& fact, const Directory& names) {
        return factText(fact.body, fact.time, names);
    };
    return {clockText, factKindName, what, headerText};
}

} // namespace tideline::widgets
