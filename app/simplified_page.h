// SPDX-License-Identifier: GPL-3.0-or-later
// What the lab simplifies, in one place: where it differs from the systems that it models.
#pragma once

#include <QString>

namespace tideline::app {

// Rich text.
QString simplifiedPage();
// Rich text: version, licence, what is modelled.
QString aboutPage();

} // namespace tideline::app
