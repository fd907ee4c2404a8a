"""The last step. Watching a bundle at work is not built yet, and the page says so."""

from desktop.actions import PageId
from desktop.i18n import bind_text
from desktop.pages.session import Session
from desktop.widgets.buttons import primary_button
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page_frame import PageFrame


class OperatePage(PageFrame):
    """Says what is missing and leads to where one can go on."""

    def __init__(self, session: Session) -> None:
        super().__init__("operate.title", "operate.summary")
        self._session = session
        go = primary_button("operate.empty.action", icon="package")
        go.clicked.connect(lambda: session.go_to(PageId.DEPLOY))
        self._empty = EmptyState("operate.empty.title", "operate.empty.detail.no_bundle", [go])
        self.body.addWidget(self._empty)
        session.project_changed.connect(self.retranslate)
        session.model_changed.connect(self.retranslate)

    def retranslate(self) -> None:
        """Say whether there is a bundle."""
        has_bundle = bool(self._session.bundles)
        bind_text(self._empty.reason, "operate.empty.detail.bundle" if has_bundle else "operate.empty.detail.no_bundle")
