// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/segment_directory.h"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace tideline {
namespace {

namespace fs = std::filesystem;

bool readFile(const fs::path& path, std::string& bytes)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    if (error || !stream)
        return false;
    bytes.resize(size);
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    return static_cast<std::uintmax_t>(stream.gcount()) == size;
}

} // namespace

Result<PartitionFiles> readSegmentDirectory(const std::string& path)
{
    std::error_code error;
    PartitionFiles files;
    fs::directory_iterator entries(path, error);
    if (error)
        return Error{path + ": the directory cannot be read (" + error.message() +
                     "); name the directory of one partition, as in data/orders-0"};
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
        const fs::directory_entry& entry = *entries;
        if (!entry.is_regular_file(error))
            continue;
        if (!readFile(entry.path(), files[entry.path().filename().string()]))
            return Error{entry.path().string() + ": the file cannot be read; check its permissions"};
        if (error)
            break;
    }
    if (error)
        return Error{path + ": the directory cannot be read to its end (" + error.message() + ")"};
    return files;
}

Result<std::size_t> writeSegmentDirectory(const std::string& path, const PartitionFiles& files)
{
    std::error_code error;
    const bool made = fs::create_directories(path, error);
    if (error)
        return Error{"\"" + path + "\": the directory cannot be made (" + error.message() +
                     "); choose another one"};
    for (const auto& [name, bytes] : files) {
        std::ofstream stream(fs::path(path) / name, std::ios::binary | std::ios::trunc);
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.close();
        if (stream)
            continue;
        // Half a partition is worse than none, and would be in the way of the next try.
        for (const auto& [written, content] : files)
            fs::remove(fs::path(path) / written, error);
        if (made)
            fs::remove(path, error);
        return Error{"\"" + path + "/" + name +
                     "\": the file cannot be written; check permissions and free space"};
    }
    return files.size();
}

} // namespace tideline
