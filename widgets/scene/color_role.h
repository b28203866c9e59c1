// SPDX-License-Identifier: GPL-3.0-or-later
// ColorRole: what a shape means, never how it looks. A theme turns roles into colours at paint time.
//
// Text roles reach a contrast of 4.5:1 and shape roles 3:1 on the surfaces named beside them, in every theme
// (tests/widgets/theme_test.cpp). A role never carries a meaning alone: a word, shape or pattern stands
// beside it.
#pragma once

#include <cstdint>

namespace tideline::widgets {

enum class ColorRole : std::uint8_t {
    None, // not painted
    // Surfaces, from the back to the front.
    Window,     // behind everything
    Panel,      // docks, boxes
    Card,       // a box in a box
    CardRaised, // buttons, pills on a card
    Selected,   // fill of what is chosen
    Hover,      // fill under the pointer
    // Lines that only divide.
    Border,
    BorderStrong,
    Grid,
    Placeholder, // outline of an empty place
    Track,       // the empty part of a bar
    // Text, readable on Window, Panel, Card and CardRaised.
    Text,
    TextMuted,
    TextFaint, // least important, still 4.5:1
    TextOnAccent,
    TextLink,
    TextLeader,
    TextWarning,
    TextBad,
    TextGood,
    TextWatermark,
    TextOnFill, // on the *Fill roles
    // Shapes, 3:1 on Panel and Card.
    Accent,
    Focus,
    Leader, // also: high watermark, replication
    Warning,
    Bad,
    Good,
    Neutral,
    Watermark,
    Playhead,
    // Tinted surfaces that carry text (TextOnFill, and the text roles of the same name).
    LeaderFill,
    WarningFill,
    BadFill,
    GoodFill,
    InfoFill,
    NeutralFill,
    // Timeline and charts.
    Density,
    DensityAhead, // time that has not come yet
    BarFill,
    // Time plane.
    PlaneDone, // behind the watermark
    PlaneOpen, // ahead of it
    PlaneOutside,
    // Records by key, safe for colour-blind eyes (after Okabe and Ito, 2008).
    Key0,
    Key1,
    Key2,
    Key3,
    Key4,
    Key5,
    Key6,
    Key7,
    KeyNone, // a record without key
    // The same on a follower, and of records that are not committed yet.
    KeyDim0,
    KeyDim1,
    KeyDim2,
    KeyDim3,
    KeyDim4,
    KeyDim5,
    KeyDim6,
    KeyDim7,
    KeyDimNone,
    // Partitions as blocks: worst replica lag, 2^0..2^7 records, and states.
    Lag0,
    Lag1,
    Lag2,
    Lag3,
    Lag4,
    Lag5,
    Lag6,
    Lag7,
    BlockIdle,
    BlockUnderReplicated,
    BlockUnderMinIsr,
    BlockOffline,
    BlockMark, // the pattern on a block
    Count
};

inline constexpr int kColorRoles = static_cast<int>(ColorRole::Count);

// Role of a record's colour: 0..7 by key, anything else is a record without key.
constexpr ColorRole keyRole(unsigned colour)
{
    return static_cast<ColorRole>(static_cast<unsigned>(ColorRole::Key0) + (colour < 8 ? colour : 8));
}

// The same, dimmed: on a follower, or not committed yet.
constexpr ColorRole keyDimRole(unsigned colour)
{
    return static_cast<ColorRole>(static_cast<unsigned>(ColorRole::KeyDim0) + (colour < 8 ? colour : 8));
}

// Role of a line in a chart: the key palette, again from the start after eight.
constexpr ColorRole seriesRole(unsigned index)
{
    return keyRole(index % 8);
}

} // namespace tideline::widgets
