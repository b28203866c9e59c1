// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/fact_kinds.h"

#include <algorithm>
#include <utility>

namespace tideline::widgets {

namespace {

template <class T>
QString nameOf()
{
    return QString::fromLatin1(T::kName.data(), static_cast<qsizetype>(T::kName.size()));
}

template <std::size_t... I>
std::vector<FactKind> kinds(std::index_sequence<I...>)
{
    return {FactKind{static_cast<int>(I), nameOf<std::variant_alternative_t<I, FactBody>>()}...};
}

} // namespace

QString factKindName(const FactBody& body)
{
    return std::visit([](const auto& fact) { return nameOf<std::decay_t<decltype(fact)>>(); }, body);
}

std::vector<FactKind> factKinds()
{
    std::vector<FactKind> all = kinds(std::make_index_sequence<std::variant_size_v<FactBody>>());
    std::sort(all.begin(), all.end(), [](const FactKind& a, const FactKind& b) { return a.name < b.name; });
    return all;
}

} // namespace tideline::widgets
