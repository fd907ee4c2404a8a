"""Images read beside the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from desktop.itemmodels.thumbnails import LARGEST_PIXELS, Thumbnails, decoded


def image_file(color: str = "#336699", width: int = 8, height: int = 6) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    assert qtbot
    made = Thumbnails(kept=3)
    yield made
    made.close()


def test_an_image_comes_later_and_is_told(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    thumbnails.set_source(lambda _number: image_file())
    assert thumbnails.pixmap(7) is None
    with qtbot.waitSignal(thumbnails.ready) as told:
        pass
    assert told.args == [7]
    shown = thumbnails.pixmap(7)
    assert shown is not None
    assert (shown.width(), shown.height()) == (8, 6)


def test_what_cannot_be_read_is_an_empty_pixmap(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    def fetch(number: int) -> bytes:
        if number == 1:
            raise OSError("gone")
        return b"no image"

    thumbnails.set_source(fetch)
    for number in (1, 2):
        with qtbot.waitSignal(thumbnails.ready):
            assert thumbnails.pixmap(number) is None
        shown = thumbnails.pixmap(number)
        assert shown is not None
        assert shown.isNull()


def test_only_the_last_ones_are_kept(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    asked: list[int] = []

    def fetch(number: int) -> bytes:
        asked.append(number)
        return image_file()

    thumbnails.set_source(fetch)
    for number in range(5):
        with qtbot.waitSignal(thumbnails.ready):
            thumbnails.pixmap(number)
    assert thumbnails.pixmap(4) is not None
    with qtbot.waitSignal(thumbnails.ready):
        assert thumbnails.pixmap(0) is None
    assert asked == [0, 1, 2, 3, 4, 0]


def test_another_source_forgets_the_former(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    thumbnails.set_source(lambda _number: image_file(width=8))
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.pixmap(1)
    thumbnails.set_source(lambda _number: image_file(width=20))
    with qtbot.waitSignal(thumbnails.ready):
        assert thumbnails.pixmap(1) is None
    shown = thumbnails.pixmap(1)
    assert shown is not None
    assert shown.width() == 20


def test_very_large_images_are_made_smaller(qtbot: QtBot) -> None:
    assert qtbot
    image = decoded(image_file(width=6_000, height=4_000))
    assert 0 < image.width() * image.height() <= LARGEST_PIXELS * 1.01
    assert image.width() / image.height() == pytest.approx(1.5, rel=0.01)
