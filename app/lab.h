// SPDX-License-Identifier: GPL-3.0-or-later
// Lab: what the window works on: the open document, its session, and what is selected.
//
// Selecting anywhere goes through here and comes back to everything that shows it. A bad file leaves the
// running lab as it was. GUI thread only.
#pragma once

#include "app/frame_clock.h"
#include "model/document.h"
#include "model/document_recovery.h"
#include "model/session.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace tideline::app {

class Lab : public QObject
{
    Q_OBJECT
public:
    // `recoveryFile`: where unsaved acts are kept against a crash.
    explicit Lab(std::string recoveryFile, QObject* parent = nullptr);

    model::Session& session() { return session_; }
    FrameClock& clock() { return clock_; }

    // The sentences of what is wrong; empty when the lab is open now.
    std::vector<std::string> open(const QString& path, const model::ReadProgress& progress = {});
    // What a crash left: opened as unsaved.
    std::optional<model::UnsavedDocument> recoverable() const { return recovery_.found(); }
    std::vector<std::string> recover(const model::UnsavedDocument& document);
    void forgetRecoverable() const { recovery_.forget(); }

    // Saves scenario and acts; the path becomes the document's own.
    std::optional<Error> save(const QString& path);
    const Scenario& scenario() const { return scenario_; }
    const QString& path() const { return path_; }
    // File name without folder and ending, or the title.
    QString name() const;
    // Acts were made that are in no file.
    bool modified() const;

    const Selection& selection() const { return selection_; }
    void select(const Selection& selection);
    // The life of a record up to now; the answer comes from clock().
    void askLife(PartitionIndex partition, Offset offset);
    // Refusals are said by problem().
    void act(const Command& command);
    // The same scenario and seed from the beginning, without the acts.
    void restart();
    // The part of the request that belongs to the view: its kind, size, zoom and middle.
    void look(const ViewRequest& view);
    // Records of the metadata log that are on the screen: so many from this offset on, -1: the newest.
    void lookAtMetadata(qint32 rows, qint64 from);

    // Forwards to the session and watches until it is done.
    template <class Intent>
    void intend(Intent intent)
    {
        intent(session_);
        clock_.watch();
    }

signals:
    void opened();
    void selectionChanged(const tideline::Selection& selection);
    void problem(const QString& sentence);
    void actsChanged();

private:
    void begin(model::OpenedLab lab, const QString& path);
    // Every act of the person so far, also those that lie ahead.
    const std::vector<TimedCommand>& acts() const;
    void followActs(const model::SessionStatus& status);
    void followLife();
    void keepForRecovery();

    model::Session session_;
    FrameClock clock_{session_};
    model::DocumentRecovery recovery_;
    Scenario scenario_;
    std::shared_ptr<const std::vector<TimedCommand>> acts_; // as the session last told them
    std::vector<TimedCommand> saved_;                       // acts that are in the file
    std::uint64_t lifeAskedAt_ = 0;                         // version of the run
    bool recovered_ = false;                                // what a crash left has not been saved yet
    QString path_;
    Selection selection_;
    qint32 metadataRows_ = 0;
    Offset metadataFrom_ = kUnknownOffset;
};

} // namespace tideline::app
