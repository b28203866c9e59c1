// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader_logs.h"

#include "engine/lab/scenario_keys_nearest.h"

#include <filesystem>
#include <fstream>

namespace tideline {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestHeader = 64 * 1024; // bytes

// Empty when the file is nowhere.
fs::path resolve(const std::string& file, const ScenarioPlace& place)
{
    std::error_code failure;
    const fs::path name(file);
    if (name.is_absolute())
        return fs::exists(name, failure) ? name : fs::path();
    if (!place.folder.empty() && fs::exists(fs::path(place.folder) / name, failure))
        return fs::path(place.folder) / name;
    for (const std::string& folder : place.logFolders) {
        if (fs::exists(fs::path(folder) / name, failure))
            return fs::path(folder) / name;
    }
    return {};
}

} // namespace

std::vector<std::string> splitHeader(std::string_view line)
{
    if (line.starts_with("\xef\xbb\xbf"))
        line.remove_prefix(3);
    while (line.ends_with('\r') || line.ends_with('\n'))
        line.remove_suffix(1);
    std::vector<std::string> fields(1);
    bool quotesOpen = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quotesOpen && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"')
            quotesOpen = !quotesOpen;
        else if (c == ',' && !quotesOpen)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    for (std::string& field : fields) {
        const std::size_t first = field.find_first_not_of(" \t");
        field = first == std::string::npos ? std::string()
                                           : field.substr(first, field.find_last_not_of(" \t") - first + 1);
    }
    return fields;
}

Result<FoundLog> findLog(const std::string& file, const ScenarioPlace& place)
{
    const fs::path path = resolve(file, place);
    if (path.empty())
        return Error{
            inQuotes(file) +
            " is neither beside the scenario nor among the shipped logs; put it there or correct the name"};
    std::error_code failure;
    if (!fs::is_regular_file(path, failure))
        return Error{inQuotes(file) +
                     " is not a regular file, which a recorded log must be; name a CSV file"};
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return Error{inQuotes(file) + " cannot be read; allow reading it or name another file"};
    std::string header(kLongestHeader, '\0');
    stream.read(header.data(), static_cast<std::streamsize>(header.size()));
    header.resize(static_cast<std::size_t>(stream.gcount()));
    if (header.empty())
        return Error{inQuotes(file) +
                     " is empty, and its first line should name the columns; name another file"};
    header.erase(0, std::min(header.find_first_not_of("\r\n"), header.size())); // blank lines name nothing
    const std::size_t end = header.find_first_of("\r\n");
    if (end == std::string::npos && header.size() == kLongestHeader)
        return Error{inQuotes(file) +
                     " has a first line longer than 64 KB, which cannot name columns; name a CSV file"};
    return FoundLog{path.string(), splitHeader(std::string_view(header).substr(0, end))};
}

} // namespace tideline
