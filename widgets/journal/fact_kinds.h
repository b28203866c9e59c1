// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of facts by name: "LeaderElected". Kafka's and Flink's words stay as they are in every language.
// Pure; any thread.
#pragma once

#include "engine/lab/fact.h"

#include <QString>

#include <vector>

namespace tideline::widgets {

struct FactKind
{
    int index = 0; // in FactBody
    QString name;
};

QString factKindName(const FactBody& body);
// All of them, by name.
std::vector<FactKind> factKinds();

} // namespace tideline::widgets
