// SPDX-License-Identifier: GPL-3.0-or-later
// Values of options: a time, a size, a seed, a view, a theme, an output file, each refused with one sentence.
//
// Sentences name the option, the value, the rule and the way out. Pure functions; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/lab/frame.h"

#include <QSize>
#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace tideline::app {

// "41 s", "1.5 min": µs, >= 0.
Result<Micros> timeOption(const std::string& option, const std::string& value);
// "1600x1000": 480x320 to 7680x4320 pixels.
Result<QSize> sizeOption(const std::string& option, const std::string& value);
// A whole number in [0, 2^64).
Result<std::uint64_t> seedOption(const std::string& option, const std::string& value);
// A broker's number, >= 1.
Result<BrokerId> brokerOption(const std::string& option, const std::string& value);
// "cluster", "groups", "time", "charts", "journal".
Result<View> viewOption(const std::string& option, const std::string& value);
// One of `allowed`, as it is.
Result<std::string> wordOption(const std::string& option, const std::string& value,
                               const std::vector<std::string>& allowed);
// A file name that ends in `.extension`; other formats are refused.
Result<QString> outputOption(const std::string& option, const std::string& value,
                             const std::string& extension);

} // namespace tideline::app
