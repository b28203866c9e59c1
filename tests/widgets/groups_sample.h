// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up but consistent frames of the Groups view: lags of partitions, members and groups add up.
#pragma once

#include "engine/lab/frame.h"

namespace tideline::test {

struct GroupsSampleOptions
{
    int members = 5; // of the group shown; one more than partitions waits
    int partitions = 4;
    int groups = 3;
    int lagPoints = 120;
};

Frame groupsSample(const GroupsSampleOptions& options = {});

} // namespace tideline::test
