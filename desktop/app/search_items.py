"""What the search field finds: pages, columns, models."""

from collections.abc import Iterator
from functools import partial

from desktop.actions import STEPS, PageId
from desktop.i18n import translate
from desktop.itemmodels.column_words import TYPE_ICONS
from desktop.pages.data.page import ADD, CHECK, LABEL, VERSIONS, DataPage
from desktop.pages.session import Session
from desktop.pages.train.train_step import WEIGHTS
from desktop.widgets.search_box import SearchItem

_DATA_PAGES = (
    (PageId.DATA, CHECK, "data.sub.check"),
    (PageId.DATA, ADD, "data.sub.add"),
    (PageId.DATA, VERSIONS, "data.sub.versions"),
)
_IMAGE_PAGES = ((PageId.DATA, LABEL, "label.sub"), (PageId.TRAIN, WEIGHTS, "train.sub.weights"))


def search_items(session: Session, data_page: DataPage) -> list[SearchItem]:
    """Return everything that can be found now."""
    return [*_pages(session), *_columns(session, data_page), *_models(session)]


def _pages(session: Session) -> Iterator[SearchItem]:
    for page in (PageId.START, *STEPS):
        name = translate(f"page.{page.value}")
        yield SearchItem(name, "search.kind.page", partial(session.go_to, page))
    for page, sub_page, key in (*_DATA_PAGES, *(_IMAGE_PAGES if session.has_images else ())):
        yield SearchItem(translate(key), "search.kind.page", partial(session.go_to, page, sub_page))
    yield SearchItem(translate("log.title"), "search.kind.page", lambda: session.go_to(PageId.LOG), "history")


def _columns(session: Session, data_page: DataPage) -> Iterator[SearchItem]:
    dataset = session.dataset if not session.has_images else None
    for column in dataset.schema().columns if dataset is not None else ():

        def show(name: str = column.name) -> None:
            session.go_to(PageId.DATA, CHECK)
            data_page.check.columns.select_column(name)

        yield SearchItem(column.name, "search.kind.column", show, TYPE_ICONS[column.type])


def _models(session: Session) -> Iterator[SearchItem]:
    board = session.leaderboard
    for model in board.models if board is not None else ():
        yield SearchItem(model.model_id, "search.kind.model", lambda: session.go_to(PageId.COMPARE), "list-numbered")
