// SPDX-License-Identifier: GPL-3.0-or-later
// Where the five charts stand: three above, two below; one under another where it is narrow. Pure; any
// thread.
#pragma once

#include <QRectF>
#include <QSizeF>

#include <array>

namespace tideline::widgets {

std::array<QRectF, 5> chartPlaces(const QSizeF& size);

} // namespace tideline::widgets
