// SPDX-License-Identifier: GPL-3.0-or-later
// ViewTabs: the five views of the lab. A page is made when it is first shown; only the page that is seen gets
// frames.
//
// GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QTabWidget>

#include <array>

namespace tideline::widgets {
class SceneView;
class ChartsPage;
class JournalView;
} // namespace tideline::widgets

namespace tideline::app {

class ViewTabs : public QTabWidget
{
    Q_OBJECT
public:
    static constexpr int kViews = 5;

    explicit ViewTabs(QWidget* parent = nullptr);

    View view() const { return static_cast<View>(currentIndex()); }
    void showView(View view) { setCurrentIndex(static_cast<int>(view)); }
    // What the page that is seen needs a frame of: view, size, zoom and middle.
    ViewRequest request() const;
    // Frames that were asked for by another page are not for this one.
    void setFrame(const FramePtr& frame);
    void setSelection(const Selection& selection);
    // Shows the journal and goes to its search box; shows the charts as tables, or as charts again.
    void searchJournal();
    void toggleTables();
    // The page that is seen; 1 = everything fits.
    bool canZoom() const;
    void setZoom(double zoom);
    double zoom() const;
    // Whether the page was made already.
    bool made(View view) const { return pages_[static_cast<std::size_t>(view)] != nullptr; }

signals:
    void selected(const tideline::Selection& selection);
    void timeRequested(tideline::Micros time);
    // request() is another one now.
    void requestChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makePage(int index);
    QWidget* newPage(View view);
    void markInPictures(const Selection& selection);
    widgets::SceneView* scene() const;

    std::array<QWidget*, kViews> pages_{};
    widgets::ChartsPage* charts_ = nullptr;
    widgets::JournalView* journal_ = nullptr;
    Selection selection_;
};

} // namespace tideline::app
