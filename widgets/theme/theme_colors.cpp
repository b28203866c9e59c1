// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme_colors.h"

namespace tideline::widgets {

using R = ColorRole;

const std::array<RoleColors, kColorRoles> kRoleColors = {{
    // role                     dark        light
    {R::None, 0x00000000, 0x00000000},
    {R::Window, 0xff0e1318, 0xfff1f4f7},
    {R::Panel, 0xff151b22, 0xffffffff},
    {R::Card, 0xff1c242d, 0xfff7f9fb},
    {R::CardRaised, 0xff22303a, 0xffe9eef3},
    {R::Selected, 0xff173a4f, 0xffdceefb},
    {R::Hover, 0xff26323d, 0xffe3ebf2},

    {R::Border, 0xff252f39, 0xffd7dee5},
    {R::BorderStrong, 0xff3a4754, 0xffb4bfca},
    {R::Grid, 0xff1f2730, 0xffe6ebf0},
    {R::Placeholder, 0xff2a343f, 0xffd3dbe3},
    {R::Track, 0xff232d37, 0xffe2e8ee},

    {R::Text, 0xffe7edf3, 0xff17202a},
    {R::TextMuted, 0xff9ba8b5, 0xff515e6b},
    {R::TextFaint, 0xff8d9aa7, 0xff5d6977},
    {R::TextOnAccent, 0xff06202d, 0xffffffff},
    {R::TextLink, 0xff5cc8ff, 0xff0067a3},
    {R::TextLeader, 0xff7dd3c0, 0xff0a6b59},
    {R::TextWarning, 0xfff2b544, 0xff865000},
    {R::TextBad, 0xffff7b6e, 0xffb3261e},
    {R::TextGood, 0xff74d39a, 0xff14703c},
    {R::TextWatermark, 0xff5cc8ff, 0xff0067a3},
    {R::TextOnFill, 0xffe7edf3, 0xff17202a},

    {R::Accent, 0xff5cc8ff, 0xff0072b2},
    {R::Focus, 0xffe7edf3, 0xff17202a},
    {R::Leader, 0xff7dd3c0, 0xff0f8b74},
    {R::Warning, 0xfff2b544, 0xffb36b00},
    {R::Bad, 0xffff6b5e, 0xffc8372d},
    {R::Good, 0xff74d39a, 0xff1b8a4b},
    {R::Neutral, 0xff8996a3, 0xff6b7785},
    {R::Watermark, 0xff5cc8ff, 0xff0072b2},
    {R::Playhead, 0xffffffff, 0xff17202a},

    {R::LeaderFill, 0xff17302e, 0xffe4f5f0},
    {R::WarningFill, 0xff4a3a17, 0xfffff0d6},
    {R::BadFill, 0xff4c2624, 0xfffde4e1},
    {R::GoodFill, 0xff1f4a3e, 0xffd9f0e3},
    {R::InfoFill, 0xff1b4157, 0xffd8ecf9},
    {R::NeutralFill, 0xff2a343f, 0xffe6ebf0},

    {R::Density, 0xff47798e, 0xff4a7f95},
    {R::DensityAhead, 0xff303b46, 0xffc3ccd5},
    {R::BarFill, 0xff4d8ba3, 0xff3b87a8},

    {R::PlaneDone, 0xff152224, 0xffe9f4f0},
    {R::PlaneOpen, 0xff121c24, 0xffeaf2f8},
    {R::PlaneOutside, 0xff11171e, 0xfff6f8fa},

    {R::Key0, 0xffe69f00, 0xff7d5200},
    {R::Key1, 0xff56b4e9, 0xff2585bd},
    {R::Key2, 0xff3dbb8a, 0xff008f68},
    {R::Key3, 0xfff0e442, 0xff9a9000},
    {R::Key4, 0xff6ea8fe, 0xff3c6fd8},
    {R::Key5, 0xffe8743b, 0xffd6551a},
    {R::Key6, 0xffd48ab8, 0xffb55590},
    {R::Key7, 0xffd7dde4, 0xff4c5763},
    {R::KeyNone, 0xff94a1ae, 0xff77838f},

    {R::KeyDim0, 0xffb3800b, 0xffa87733},
    {R::KeyDim1, 0xff4790ba, 0xff4d9dcb},
    {R::KeyDim2, 0xff369876, 0xff349c7d},
    {R::KeyDim3, 0xffbbb43c, 0xffa59c3a},
    {R::KeyDim4, 0xff5987c9, 0xff678ee0},
    {R::KeyDim5, 0xffb9613a, 0xffd9764a},
    {R::KeyDim6, 0xffa67095, 0xffc479a8},
    {R::KeyDim7, 0xffa5adb6, 0xff737e8a},
    {R::KeyDimNone, 0xff77838f, 0xff8d98a3},

    {R::Lag0, 0xff1e3c4c, 0xffd3e3ec},
    {R::Lag1, 0xff22475a, 0xffbdd5e2},
    {R::Lag2, 0xff275468, 0xffa5c6d7},
    {R::Lag3, 0xff2b6378, 0xff8cb6cb},
    {R::Lag4, 0xff2f7389, 0xff72a4bd},
    {R::Lag5, 0xff34869d, 0xff578fab},
    {R::Lag6, 0xff49a0b6, 0xff3e7a98},
    {R::Lag7, 0xff6cc0d4, 0xff286583},
    {R::BlockIdle, 0xff1a242c, 0xffe6ecf1},
    {R::BlockUnderReplicated, 0xfff2b544, 0xffd98f1a},
    {R::BlockUnderMinIsr, 0xffee8a4a, 0xffc85f14},
    {R::BlockOffline, 0xffff6b5e, 0xffc8372d},
    {R::BlockMark, 0xff0e1318, 0xffffffff},
}};

} // namespace tideline::widgets
