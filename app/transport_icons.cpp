// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transport_icons.h"

#include "widgets/theme/theme.h"

#include <QIconEngine>
#include <QPainter>

namespace tideline::app {

namespace {

// Signs in a square of 16 x 16.
QPolygonF triangle(qreal from, qreal to)
{
    return {{from, 3}, {to, 8}, {from, 13}};
}

class SignEngine : public QIconEngine
{
public:
    explicit SignEngine(TransportSign sign)
        : sign_(sign)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const widgets::Theme& theme = widgets::appliedTheme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            theme.color(mode == QIcon::Disabled ? widgets::ColorRole::TextFaint : widgets::ColorRole::Text));
        draw(*painter);
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SignEngine(*this); }

private:
    void draw(QPainter& painter) const
    {
        switch (sign_) {
        case TransportSign::ToStart:
            painter.drawRect(QRectF(3, 3, 2, 10));
            painter.drawPolygon(triangle(13, 6));
            break;
        case TransportSign::Back:
            painter.drawPolygon(triangle(12, 4));
            break;
        case TransportSign::Play:
        case TransportSign::Forward:
            painter.drawPolygon(triangle(4, 12));
            break;
        case TransportSign::Pause:
            painter.drawRect(QRectF(4, 3, 3, 10));
            painter.drawRect(QRectF(9, 3, 3, 10));
            break;
        }
    }

    TransportSign sign_;
};

} // namespace

QIcon transportIcon(TransportSign sign)
{
    return QIcon(new SignEngine(sign));
}

} // namespace tideline::app
