// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport_bar.h"

#include "app/speed_steps.h"
#include "app/transport_icons.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace tideline::app {

namespace {

using widgets::ColorRole;
using widgets::FontKind;
using widgets::FontWeight;
using widgets::makeFont;

// A label keeps its role by name, so that a change of theme finds it.
const char kRole[] = "colorRole";

void colour(QLabel* label)
{
    const QColor color =
        widgets::appliedTheme().color(static_cast<ColorRole>(label->property(kRole).toInt()));
    label->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
}

QLabel* makeLabel(const QString& text, const widgets::FontSpec& font, ColorRole role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(makeFont(font));
    label->setProperty(kRole, static_cast<int>(role));
    colour(label);
    return label;
}

} // namespace

TransportBar::TransportBar(const Actions& actions, QWidget* parent)
    : QToolBar(tr("Transport"), parent)
{
    setObjectName(QStringLiteral("transport"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setIconSize({14, 14});
    title_ = makeLabel(QString(), {FontKind::Ui, 15, FontWeight::SemiBold}, ColorRole::Text, this);
    title_->setTextFormat(Qt::PlainText);
    addWidget(title_);
    addSeparator();

    actions[ActionId::Restart]->setIcon(transportIcon(TransportSign::ToStart));
    actions[ActionId::PlayPause]->setIcon(transportIcon(TransportSign::Play));
    for (const ActionId id :
         {ActionId::BackEvent, ActionId::BackFact, ActionId::BackMilli, ActionId::BackSecond})
        actions[id]->setIcon(transportIcon(TransportSign::Back));
    for (const ActionId id :
         {ActionId::StepEvent, ActionId::StepFact, ActionId::StepMilli, ActionId::StepSecond})
        actions[id]->setIcon(transportIcon(TransportSign::Forward));
    addButton(actions[ActionId::Restart], Qt::ToolButtonIconOnly);
    addSteps(actions, {ActionId::BackFact, ActionId::BackEvent, ActionId::BackMilli, ActionId::BackSecond});
    QToolButton* play = addButton(actions[ActionId::PlayPause], Qt::ToolButtonTextBesideIcon);
    play->setObjectName(QStringLiteral("play"));
    addSteps(actions, {ActionId::StepFact, ActionId::StepEvent, ActionId::StepMilli, ActionId::StepSecond});
    addSeparator();
    addSpeed();
    addSeparator();

    time_ = addReadout(tr("processing time"), QStringLiteral("00:00:00.000"), false);
    watermark_ = addReadout(tr("watermark"), QStringLiteral("00:00:00.000"), true);
    lag_ = addReadout(tr("watermark lag"), QStringLiteral("88 min 88 s"), false);

    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setFixedWidth(140);
    progress_->setFormat(tr("going there: %p %"));
    progress_->setAccessibleName(tr("How far the jump to another time is"));
    progressAction_ = addWidget(progress_);
    progressAction_->setVisible(false);
}

QToolButton* TransportBar::addButton(QAction* action, Qt::ToolButtonStyle style)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setFocusPolicy(Qt::StrongFocus);
    if (style == Qt::ToolButtonIconOnly)
        button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    addWidget(button);
    return button;
}

QToolButton* TransportBar::addSteps(const Actions& actions, std::initializer_list<ActionId> units)
{
    auto* menu = new QMenu(this);
    for (const ActionId id : units)
        menu->addAction(actions[id]);
    QToolButton* button = addButton(actions[*units.begin()], Qt::ToolButtonIconOnly);
    button->setMenu(menu);
    button->setStyleSheet(QStringLiteral(
        "QToolButton { padding-right: 20px } QToolButton::menu-button { border: 0; width: 16px }"));
    button->setPopupMode(QToolButton::MenuButtonPopup);
    connect(menu, &QMenu::triggered, button, [button](QAction* chosen) {
        button->setDefaultAction(chosen);
        button->setAccessibleName(chosen->text().remove(QLatin1Char('&')));
    });
    return button;
}

void TransportBar::addSpeed()
{
    QLabel* name =
        makeLabel(tr("speed"), {FontKind::Ui, 12, FontWeight::Regular}, ColorRole::TextMuted, this);
    addWidget(name);
    speed_ = new QSlider(Qt::Horizontal, this);
    speed_->setRange(0, speedSteps() - 1);
    speed_->setPageStep(3);
    speed_->setValue(stepOfSpeed({}));
    speed_->setFixedWidth(140);
    speed_->setAccessibleName(tr("Speed of the run"));
    speed_->setToolTip(
        tr("How fast the clock of the run goes; the right end is as fast as this machine can"));
    name->setBuddy(speed_);
    addWidget(speed_);
    speedText_ = makeLabel(speedText({}), {FontKind::Ui, 13, FontWeight::Medium}, ColorRole::Text, this);
    speedText_->setMinimumWidth(48);
    addWidget(speedText_);
    connect(speed_, &QSlider::valueChanged, this, [this](int step) {
        speedText_->setText(speedText(speedOfStep(step)));
        emit speedChosen(speedOfStep(step));
    });
}

QLabel* TransportBar::addReadout(const QString& name, const QString& widest, bool watermark)
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(6, 0, 10, 0);
    layout->setSpacing(0);
    const ColorRole valueRole = watermark ? ColorRole::TextWatermark : ColorRole::Text;
    layout->addWidget(makeLabel(name, {FontKind::Ui, 11, FontWeight::Regular},
                                watermark ? valueRole : ColorRole::TextMuted, box));
    QLabel* value = makeLabel(QStringLiteral("–"), {FontKind::Mono, 15, FontWeight::Bold}, valueRole, box);
    value->setMinimumWidth(value->fontMetrics().horizontalAdvance(widest));
    value->setAccessibleName(name);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(value);
    addWidget(box);
    return value;
}

void TransportBar::setTitle(const QString& name, bool modified)
{
    title_->setText(QStringLiteral("Tideline — ") + name + (modified ? QStringLiteral(" *") : QString()));
}

void TransportBar::setFrame(const Frame& frame)
{
    time_->setText(widgets::clockText(frame.now));
    watermark_->setText(frame.watermark                   ? widgets::dataTimeText(*frame.watermark)
                        : frame.cluster.pipelines.empty() ? QStringLiteral("–")
                                                          : tr("none yet"));
    lag_->setText(frame.watermarkLag ? widgets::durationText(*frame.watermarkLag) : QStringLiteral("–"));
}

void TransportBar::setStatus(const model::SessionStatus& status)
{
    progressAction_->setVisible(status.jumping && status.progressPermille < 1000);
    progress_->setValue(status.progressPermille);
    const QSignalBlocker quiet(speed_);
    speed_->setValue(stepOfSpeed(status.speed));
    speedText_->setText(speedText(status.speed));
}

void TransportBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        for (QLabel* label : findChildren<QLabel*>())
            if (label->property(kRole).isValid())
                colour(label);
    QToolBar::changeEvent(event);
}

} // namespace tideline::app
