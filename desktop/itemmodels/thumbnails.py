"""Images on their way to the screen: read and decoded beside the window, kept while they are likely to be seen again."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMutex, QMutexLocker, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from automl.domain.issues import Refusal

KEPT_THUMBNAILS = 800
KEPT_IMAGES = 6
LARGEST_PIXELS = 16_000_000
_MOST_WAITING = 200
_THREADS = 2

Fetch = Callable[[int], bytes]


class Thumbnails(QObject):
    """Pixmaps by image number. `pixmap` answers at once; what is not there yet is fetched and told by `ready`.

    `fetch` gives the bytes of an image file and is called in other threads, so it may read files but no database. Numbers
    asked for last are fetched first: what is in view now matters more than what was scrolled past.
    """

    ready = Signal(int)

    def __init__(self, parent: QObject | None = None, *, kept: int = KEPT_THUMBNAILS) -> None:
        super().__init__(parent)
        self._kept = kept
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._asked: set[int] = set()
        self._line = _Line()
        self._line.decoded.connect(self._take)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._source = 0

    def set_source(self, fetch: Fetch | None) -> None:
        """Show images of another project or version; what was known is forgotten."""
        self._source += 1
        self._line.restart(fetch, self._source)
        self._asked.clear()
        self._pixmaps.clear()

    def pixmap(self, number: int) -> QPixmap | None:
        """Return an image, None while it is on its way. An image that cannot be shown is an empty pixmap."""
        found = self._pixmaps.get(number)
        if found is not None:
            self._pixmaps.move_to_end(number)
            return found
        if number not in self._asked:
            self._asked.add(number)
            self._asked.difference_update(self._line.add(number))
            self._pool.start(_Fetching(self._line))
        return None

    def close(self) -> None:
        """Fetch nothing any more; returns when nothing is being read."""
        self.set_source(None)
        self._pool.clear()
        self._pool.waitForDone()

    def _take(self, source: int, number: int, image: QImage) -> None:
        if source != self._source:
            return
        self._asked.discard(number)
        self._pixmaps[number] = QPixmap.fromImage(image)
        if len(self._pixmaps) > self._kept:
            self._pixmaps.popitem(last=False)
        self.ready.emit(number)


class _Line(QObject):
    """The numbers waited for, shared by the threads that fetch them; the last one comes first."""

    decoded = Signal(int, int, QImage)

    def __init__(self) -> None:
        super().__init__()
        self._mutex = QMutex()
        self._waiting: list[int] = []
        self._fetch: Fetch | None = None
        self._source = 0

    def restart(self, fetch: Fetch | None, source: int) -> None:
        """Drop what waits and read from somewhere else."""
        with QMutexLocker(self._mutex):
            self._waiting.clear()
            self._fetch, self._source = fetch, source

    def add(self, number: int) -> list[int]:
        """Add a number; return those given up because too many wait."""
        with QMutexLocker(self._mutex):
            self._waiting.append(number)
            given_up = self._waiting[:-_MOST_WAITING]
            del self._waiting[:-_MOST_WAITING]
        return given_up

    def fetch_one(self) -> None:
        """Fetch and decode the number that came last."""
        with QMutexLocker(self._mutex):
            if not self._waiting or self._fetch is None:
                return
            number, fetch, source = self._waiting.pop(), self._fetch, self._source
        try:
            content = fetch(number)
        except (OSError, Refusal, KeyError):
            content = b""
        self.decoded.emit(source, number, decoded(content))


class _Fetching(QRunnable):
    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def run(self) -> None:
        """Fetch one image."""
        self._line.fetch_one()


def decoded(content: bytes) -> QImage:
    """Return the image in the bytes of a file, made smaller when it is very large; an empty one for anything else."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > LARGEST_PIXELS:
        reader.setScaledSize(size * (LARGEST_PIXELS / (size.width() * size.height())) ** 0.5)
    return reader.read()
