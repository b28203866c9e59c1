// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet of the report: one column of text, tables with rules, figures with their captions; also fit
// for paper.
#pragma once

#include <QString>

namespace tideline::widgets::report {

inline QString styleSheet()
{
    return QStringLiteral(
        ":root{color-scheme:light}"
        "body{margin:0;background:#fff;color:#1b2430;font:16px/1.55 Inter,'Segoe UI',Roboto,'Helvetica "
        "Neue',Arial,sans-serif}"
        "main{max-width:68rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}"
        "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}"
        "h2{font-size:1.35rem;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:1px solid #d5dbe3}"
        "h3{font-size:1.05rem;margin:2rem 0 .25rem}"
        "p{max-width:44rem;margin:.5rem 0}"
        ".lede{font-size:1.15rem;color:#435063}"
        ".when{font:600 .85rem 'JetBrains Mono',ui-monospace,Consolas,monospace;color:#435063;margin:0}"
        "dl{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1.25rem 0}"
        "dt{font-size:.8rem;color:#56637a}"
        "dd{margin:0;font:600 1rem 'JetBrains Mono',ui-monospace,Consolas,monospace}"
        "table{border-collapse:collapse;margin:1.25rem 0;width:100%;font-variant-numeric:tabular-nums}"
        "caption{text-align:left;color:#56637a;font-size:.9rem;padding-bottom:.4rem}"
        "th,td{padding:.35rem .75rem;border-bottom:1px solid #e3e7ed;text-align:right;vertical-align:top}"
        "thead th{border-bottom:2px solid #b9c2cf;font-size:.85rem;vertical-align:bottom}"
        "th:first-child,td:first-child,table.words td,table.words th{text-align:left}"
        "tbody th{font-weight:500}"
        "figure{margin:1.25rem 0}"
        "figure img{width:100%;height:auto;border:1px solid #d5dbe3;border-radius:6px;display:block}"
        "figcaption{color:#56637a;font-size:.9rem;margin-top:.4rem}"
        "pre{background:#f5f7fa;border:1px solid #e3e7ed;border-radius:6px;padding:1rem;overflow:auto;"
        "font:.85rem/1.45 'JetBrains Mono',ui-monospace,Consolas,monospace}"
        "@media print{main{padding:0}figure,tr{break-inside:avoid}}");
}

} // namespace tideline::widgets::report
