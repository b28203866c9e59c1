// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/random.h"

namespace tideline {

namespace {

std::uint64_t splitmix64(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream)
{
    std::uint64_t mix = seed;
    mix = splitmix64(mix) ^ (stream * 0xd1342543de82ef95);
    for (std::uint64_t& word : state_)
        word = splitmix64(mix);
}

} // namespace tideline
