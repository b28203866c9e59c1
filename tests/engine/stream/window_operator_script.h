// SPDX-License-Identifier: GPL-3.0-or-later
// Golden scenarios as they are written: a window operator fed by a line of text, its panes as a line of text.
//
// Entries: "5" a record of key a with value = timestamp 5, "5@b" of key b, "w9" watermark 9, "p9" processing
// time 9, "EOI" end of input. Panes: "[0,10){1,5}", for a key other than a "b[0,10){1,5}"; "late(7)" a side
// output.
#pragma once

#include "engine/stream/flink/window_operator.h"

#include <sstream>
#include <string>

namespace tideline::flink {

class WindowOperatorScript
{
public:
    explicit WindowOperatorScript(WindowOperatorConfig config)
        : windows(std::move(config))
    {}

    // What the entries caused, separated by spaces.
    std::string run(const std::string& entries)
    {
        out_.clear();
        std::istringstream words(entries);
        for (std::string word; words >> word;)
            feed(word);
        std::string text;
        for (const WindowOutput& output : out_)
            if (const std::string one = textOf(output); !one.empty())
                text += (text.empty() ? "" : " ") + one;
        return text;
    }

    WindowOperator windows;

private:
    void feed(const std::string& word)
    {
        if (word == "EOI") {
            windows.processWatermark(kMaxMillis, out_);
        } else if (word[0] == 'w') {
            windows.processWatermark(std::stoll(word.substr(1)), out_);
        } else if (word[0] == 'p') {
            windows.advanceProcessingTime(std::stoll(word.substr(1)), out_);
        } else {
            const Millis time = std::stoll(word);
            const std::size_t at = word.find('@');
            const KeyId key = at == std::string::npos ? 0 : static_cast<KeyId>(word[at + 1] - 'a');
            windows.processElement({key, time, time}, out_);
        }
    }

    static std::string textOf(const WindowOutput& output)
    {
        if (const auto* late = std::get_if<LateElement>(&output))
            return "late(" + std::to_string(late->element.value) + ")";
        const auto* result = std::get_if<WindowResult>(&output);
        if (!result)
            return "";
        std::string text = result->key == 0 ? "" : std::string(1, static_cast<char>('a' + result->key));
        if (!result->window.isGlobal())
            text +=
                "[" + std::to_string(result->window.start) + "," + std::to_string(result->window.end) + ")";
        text += "{";
        for (std::size_t i = 0; i < result->values.size(); ++i)
            text += (i == 0 ? "" : ",") + std::to_string(result->values[i]);
        return text + "}";
    }

    std::vector<WindowOutput> out_;
};

inline WindowOperatorConfig tumblingConfig(Millis size, Millis lateness = 0)
{
    WindowOperatorConfig config;
    config.assigner.size = size;
    config.allowedLateness = lateness;
    return config;
}

inline WindowOperatorConfig slidingConfig(Millis size, Millis slide)
{
    WindowOperatorConfig config;
    config.assigner.kind = WindowAssigner::Kind::Sliding;
    config.assigner.size = size;
    config.assigner.slide = slide;
    return config;
}

inline WindowOperatorConfig globalConfig()
{
    WindowOperatorConfig config;
    config.assigner.kind = WindowAssigner::Kind::Global;
    return config;
}

} // namespace tideline::flink
