// SPDX-License-Identifier: GPL-3.0-or-later
// A partition's directory on disk, to and from PartitionFiles: the one place of the engine that opens files.
//
// Nothing of a simulation calls it. Sub-directories are not looked at. Any thread; the directory must not
// change meanwhile.
#pragma once

#include "engine/base/error.h"
#include "engine/log/partition_files.h"

#include <cstddef>
#include <string>

namespace tideline {

// All files of the directory `path`; an Error names what cannot be read.
Result<PartitionFiles> readSegmentDirectory(const std::string& path);

// Writes `files` into the directory `path`, which is made when it is not there; a file of the same name is
// replaced, others stay. The number of files, or an Error that names the first one that cannot be written.
Result<std::size_t> writeSegmentDirectory(const std::string& path, const PartitionFiles& files);

} // namespace tideline
