// SPDX-License-Identifier: GPL-3.0-or-later
// DocumentRecovery: unsaved acts in a file of their own, so that a crash does not lose them.
//
// Written after each act, removed when the document is saved or closed by its owner. What is found at a start
// is from a run that ended without doing either. One thread at a time.
#pragma once

#include "engine/base/error.h"

#include <optional>
#include <string>

namespace tideline::model {

struct UnsavedDocument
{
    std::string path; // of the document; empty when it had none
    std::string text; // the scenario with the acts in its script
};

class DocumentRecovery
{
public:
    // `file`: full name; its folder is made when it is missing.
    explicit DocumentRecovery(std::string file)
        : file_(std::move(file))
    {}

    std::optional<Error> keep(const UnsavedDocument& document) const;
    // What was left, none when there is nothing or it cannot be read.
    std::optional<UnsavedDocument> found() const;
    void forget() const;

private:
    std::string file_;
};

} // namespace tideline::model
