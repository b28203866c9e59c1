// SPDX-License-Identifier: GPL-3.0-or-later
// KeyPages: one cell per key, found by the key's dense number, in copy-on-write pages of about 4 KB.
//
// A page exists once one of its cells was written. Walking visits the cells that differ from the default, by
// ascending key. Copying costs one reference a page; the first write to a shared page clones it. A value; one
// thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/stream/key_id.h"

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace tideline {

template <class Cell>
class KeyPages
{
public:
    static constexpr std::size_t kCellsPerPage = 4096 / sizeof(Cell);

    // The cell of a key, made by default when it is new; valid until the next edit.
    Cell& edit(KeyId key)
    {
        const std::size_t page = key / kCellsPerPage;
        if (page >= pages_.size()) [[unlikely]]
            pages_.resize(page + 1);
        if (!pages_[page]) [[unlikely]]
            pages_[page].emplace();
        return pages_[page]->edit()[key % kCellsPerPage];
    }

    // The cell of a key by value: the default one when nothing was written.
    Cell read(KeyId key) const
    {
        const std::size_t page = key / kCellsPerPage;
        return page < pages_.size() && pages_[page] ? pages_[page]->read()[key % kCellsPerPage] : Cell{};
    }

    // visit(KeyId, const Cell&).
    template <class Visit>
    void forEach(Visit&& visit) const
    {
        for (std::size_t page = 0; page < pages_.size(); ++page) {
            if (!pages_[page])
                continue;
            const Page& cells = pages_[page]->read();
            for (std::size_t i = 0; i < kCellsPerPage; ++i)
                if (!(cells[i] == Cell{}))
                    visit(static_cast<KeyId>(page * kCellsPerPage + i), cells[i]);
        }
    }

    bool operator==(const KeyPages&) const = default;
    TIDELINE_FIELDS(KeyPages, pages_)

private:
    using Page = std::array<Cell, kCellsPerPage>;

    std::vector<std::optional<Cow<Page>>> pages_;
};

} // namespace tideline
