// SPDX-License-Identifier: GPL-3.0-or-later
// So and so many of something, in the right number: "1 record", "10 682 records". Pure functions.
#pragma once

#include <QString>

#include <cstdint>

namespace tideline::widgets {

QString recordsText(std::int64_t count);
QString batchesText(std::int64_t count);
QString partitionsText(std::int64_t count);
QString membersText(std::int64_t count);
QString keysText(std::int64_t count);

} // namespace tideline::widgets
