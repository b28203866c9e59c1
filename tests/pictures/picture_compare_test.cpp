// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison of pictures can fail: it finds what it is meant to find, and no more.
#include "tests/support/gui_main.h"
#include "tests/support/picture_compare.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tideline::test;

namespace {

QImage grey(QSize size = {100, 100}, int level = 100)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(qRgb(level, level, level));
    return image;
}

} // namespace

class PictureCompareTest : public QObject
{
    Q_OBJECT
    QTemporaryDir folder_;
    QString check(const QImage& image, bool update = false)
    {
        return checkPicture(image, QStringLiteral("p"), folder_.filePath(QStringLiteral("base")),
                            folder_.filePath(QStringLiteral("out")), update);
    }

private slots:
    void aMissingBaselineIsAFailure()
    {
        QVERIFY(check(grey()).startsWith(QStringLiteral("no baseline")));
        QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("out/p-actual.png"))));
    }
    void equalPicturesPass()
    {
        QCOMPARE(check(grey(), true), QString());
        QCOMPARE(check(grey()), QString());
    }
    void aShadeOffPasses() { QCOMPARE(check(grey({100, 100}, 108)), QString()); }
    void moreThanAShadeOffFails()
    {
        QVERIFY(check(grey({100, 100}, 109)).contains(QStringLiteral("differs in 10000 pixels, by up to 9")));
        QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("out/p-expected.png"))));
        QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("out/p-diff.png"))));
    }
    void aFewPixelsPassAndMoreFail()
    {
        QImage image = grey();
        for (int i = 0; i < 5; ++i)
            image.setPixel(i, i, qRgb(255, 0, 0));
        QCOMPARE(check(image), QString());
        image.setPixel(50, 50, qRgb(255, 0, 0));
        QVERIFY(check(image).contains(QStringLiteral("differs in 6 pixels")));
    }
    void anotherSizeFails() { QVERIFY(check(grey({99, 100})).contains(QStringLiteral("another size"))); }
};

TIDELINE_GUI_TEST_MAIN(PictureCompareTest)
#include "picture_compare_test.moc"
