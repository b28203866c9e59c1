// SPDX-License-Identifier: GPL-3.0-or-later
// The signs on the buttons of the transport, drawn in the theme's text colour: no picture files, sharp at
// every scale.
#pragma once

#include <QIcon>

#include <cstdint>

namespace tideline::app {

enum class TransportSign : std::uint8_t { ToStart, Back, Play, Pause, Forward };

QIcon transportIcon(TransportSign sign);

} // namespace tideline::app
