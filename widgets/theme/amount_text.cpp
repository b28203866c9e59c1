// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/amount_text.h"

#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Amount)
};

} // namespace

QString recordsText(std::int64_t count)
{
    return count == 1 ? Words::tr("1 record") : Words::tr("%1 records").arg(countText(count));
}

QString batchesText(std::int64_t count)
{
    return count == 1 ? Words::tr("1 batch") : Words::tr("%1 batches").arg(countText(count));
}

QString partitionsText(std::int64_t count)
{
    return count == 1 ? Words::tr("1 partition") : Words::tr("%1 partitions").arg(countText(count));
}

QString membersText(std::int64_t count)
{
    return count == 1 ? Words::tr("1 member") : Words::tr("%1 members").arg(countText(count));
}

QString keysText(std::int64_t count)
{
    return count == 1 ? Words::tr("1 key") : Words::tr("%1 keys").arg(countText(count));
}

} // namespace tideline::widgets
