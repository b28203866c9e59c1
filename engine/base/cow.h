// SPDX-License-Identifier: GPL-3.0-or-later
// Cow<T>: a value that copies share until one of them writes. CowPages<T>: a vector made of such pages.
//
// This is what makes a copy of an engine cheap: copying takes a reference, the first write to a shared value
// clones it. All writes go through edit(); a reference from edit() or read() is valid until the next edit()
// of the same Cow. The count is atomic, so copies may live on different threads; one copy belongs to one
// thread at a time.
#pragma once

#include "engine/base/error.h"

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

namespace tideline {

template <class T>
class Cow
{
public:
    Cow()
        : node_(new Node{})
    {}
    explicit Cow(T value)
        : node_(new Node{1, std::move(value)})
    {}
    Cow(const Cow& other) noexcept
        : node_(other.node_)
    {
        node_->count.fetch_add(1, std::memory_order_relaxed);
    }
    Cow(Cow&& other) noexcept
        : node_(std::exchange(other.node_, nullptr))
    {}
    ~Cow() { release(); }

    Cow& operator=(const Cow& other) noexcept
    {
        Cow copy(other);
        std::swap(node_, copy.node_);
        return *this;
    }
    Cow& operator=(Cow&& other) noexcept
    {
        std::swap(node_, other.node_);
        return *this;
    }

    const T& read() const { return node_->value; }
    const T& operator*() const { return node_->value; }
    const T* operator->() const { return &node_->value; }

    // The value, owned by this copy alone: clones it first when it is shared.
    T& edit()
    {
        // Acquire pairs with the release in release(): what other owners did before letting go is visible
        // here.
        if (node_->count.load(std::memory_order_acquire) != 1) {
            Node* own = new Node{1, node_->value};
            release();
            node_ = own;
        }
        return node_->value;
    }

    // True when both are the same shared value: a cheap "nothing has changed".
    bool sameAs(const Cow& other) const { return node_ == other.node_; }

private:
    struct Node
    {
        std::atomic<std::size_t> count{1};
        T value{};
    };

    void release()
    {
        if (node_ && node_->count.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete node_;
    }

    Node* node_;
};

template <class T>
bool operator==(const Cow<T>& a, const Cow<T>& b)
{
    return a.sameAs(b) || a.read() == b.read();
}

// A vector in pages of `PageSize` elements. Copying costs one reference a page; a write clones one page. It
// can lose elements at both ends.
template <class T, std::size_t PageSize = 64>
class CowPages
{
public:
    CowPages() = default;
    explicit CowPages(std::size_t count, const T& value = T{}) { resize(count, value); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    const T& operator[](std::size_t i) const
    {
        const std::size_t at = first_ + i;
        return pages_[at / PageSize].read()[at % PageSize];
    }
    const T& back() const { return (*this)[size_ - 1]; }
    T& edit(std::size_t i)
    {
        const std::size_t at = first_ + i;
        return pages_[at / PageSize].edit()[at % PageSize];
    }
    T& editBack() { return edit(size_ - 1); }

    void push(T value)
    {
        if ((first_ + size_) % PageSize == 0) {
            std::vector<T> page;
            page.reserve(PageSize);
            pages_.emplace_back(std::move(page));
        }
        std::vector<T>& page = pages_.back().edit();
        if (page.capacity() < PageSize)
            page.reserve(PageSize); // a cloned page has lost its spare room
        page.push_back(std::move(value));
        ++size_;
    }

    void resize(std::size_t count, const T& value = T{})
    {
        truncate(count);
        while (size_ < count)
            push(value);
    }

    // Keeps the first `count` elements.
    void truncate(std::size_t count)
    {
        if (count >= size_)
            return;
        const std::size_t end = first_ + count;
        pages_.resize((end + PageSize - 1) / PageSize);
        if (end % PageSize != 0) {
            std::vector<T>& page = pages_.back().edit();
            page.erase(page.begin() + static_cast<std::ptrdiff_t>(end % PageSize), page.end());
        }
        size_ = count;
    }

    // Forgets the first `count` elements, and what they held; those that stay keep their order.
    void dropFront(std::size_t count)
    {
        if (count >= size_) {
            pages_.clear();
            first_ = size_ = 0;
            return;
        }
        const std::size_t fresh = first_ + count;
        pages_.erase(pages_.begin(), pages_.begin() + static_cast<std::ptrdiff_t>(fresh / PageSize));
        const std::size_t kept = first_ / PageSize == fresh / PageSize ? first_ % PageSize : 0;
        first_ = fresh % PageSize;
        size_ -= count;
        // The places in front of the first one stay, empty, until their page goes.
        if (kept < first_) {
            std::vector<T>& page = pages_.front().edit();
            for (std::size_t i = kept; i < first_; ++i)
                page[i] = T{};
        }
    }

    bool operator==(const CowPages& other) const
    {
        if (size_ != other.size_)
            return false;
        if (first_ == other.first_)
            return pages_ == other.pages_;
        for (std::size_t i = 0; i < size_; ++i) {
            if (!((*this)[i] == other[i]))
                return false;
        }
        return true;
    }

    std::size_t pageCount() const { return pages_.size(); }

private:
    std::vector<Cow<std::vector<T>>> pages_;
    std::size_t first_ = 0; // elements of the first page that are gone
    std::size_t size_ = 0;
};

} // namespace tideline
