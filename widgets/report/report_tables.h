// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of the report: ledger, guarantees with their exceptions, windows against the truth.
#pragma once

#include "model/report.h"

#include <QString>

namespace tideline::widgets::report {

// What became of the records, by group, from what clients saw.
QString ledgerTable(const model::Report& report);
QString guaranteeTable(const model::Report& report);
// Facts that broke a guarantee, with their times; empty when there are none.
QString exceptionTable(const model::Report& report);
// The windows of one pipeline: answer, truth, dropped.
QString windowTable(const Frame& frame);

} // namespace tideline::widgets::report
