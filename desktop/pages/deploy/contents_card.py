"""What is in the bundle: its files by what they are for, and whose signature it bears."""

from pathlib import PurePosixPath

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.verification import KeyStanding, VerificationReport
from desktop.i18n import bind_text, follow_language, translate, translator
from desktop.itemmodels.unit_words import said_of
from desktop.pages.deploy.readings import FileGroup, file_groups
from desktop.widgets.buttons import IconButton
from desktop.widgets.card import PADDING, Card, line
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import ElidedLabel, label, plain_label

_ICONS = {
    "start": "play",
    "model": "layers",
    "card": "file-text",
    "manifest": "shield-check",
    "golden": "checklist",
    "runtime": "package",
    "requirements": "list-numbered",
    "readme": "info",
    "csharp": "code",
}
_NAME_WIDTH = 208
_SIZE_WIDTH = 64


class ContentsCard(Card):
    """Before there is a bundle it says what one holds; afterwards names and sizes are those of the bundle itself."""

    def __init__(self) -> None:
        super().__init__("deploy.contents", flush=True)
        self._report: VerificationReport | None = None
        self._size: int | None = None
        self._total = plain_label("", "caption")
        self.add_action(self._total)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._shield = IconView("shield-check", "text-3", 20)
        self._signed = label("deploy.signed.will_be", "strong")
        self._key = plain_label("", "body")
        self.copy = IconButton("copy", "deploy.fingerprint.copy", size=24)
        self.copy.clicked.connect(self._copy_key)
        self._fingerprint = QWidget()
        self.set_footer(self._signature())

    @property
    def fingerprint(self) -> str:
        """The fingerprint shown, empty before there is a bundle."""
        return self._report.key_id if self._report is not None else ""

    def show_report(
        self, report: VerificationReport | None, size_bytes: int | None, *, of_images: bool = False
    ) -> None:
        """Show the files of a bundle that was checked, or what one will hold; `size_bytes` of the whole bundle."""
        self._report, self._size = report, size_bytes
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, group in enumerate(file_groups(report.files if report is not None else (), of_images=of_images)):
            if place:
                self._rows.addWidget(line())
            self._rows.addWidget(_GroupRow(group, of_images))
        self._show_signature()
        known = report is not None and bool(report.files) and size_bytes is not None
        self._total.setVisible(known)
        if report is not None and known:
            self._total.setText(translate("deploy.contents.total", count=len(report.files), size=size_bytes))

    def _show_signature(self) -> None:
        report = self._report
        signed = report is not None and bool(report.key_id)
        self._shield.set("shield-check", "ok-mark" if signed else "text-3")
        self._fingerprint.setVisible(signed)
        if report is None or not signed:
            bind_text(self._signed, "deploy.signed.will_be" if report is None else "deploy.signed.unknown")
            return
        own = report.standing is KeyStanding.OWN
        bind_text(self._signed, "deploy.signed.own" if own else f"deploy.signed.{report.standing.value}")
        self._key.setText(report.key_id)

    def _signature(self) -> QWidget:
        row = QHBoxLayout(self._fingerprint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label("deploy.fingerprint", "caption"))
        row.addWidget(self._key)
        row.addWidget(self.copy)
        row.addStretch(1)
        self._key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._signed)
        words.addWidget(label("deploy.signed.words", "secondary", wrap=True))
        words.addWidget(self._fingerprint)
        part = QWidget()
        outer = QHBoxLayout(part)
        outer.setContentsMargins(0, 2, 0, 2)
        outer.setSpacing(10)
        outer.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(words, 1)
        return part

    def _copy_key(self) -> None:
        QGuiApplication.clipboard().setText(self.fingerprint)
        self.copy.set_icon("check")


class _GroupRow(QWidget):
    def __init__(self, group: FileGroup, of_images: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING - 1, 6, PADDING - 1, 6)
        row.setSpacing(8)
        row.addWidget(IconView(_ICONS.get(group.kind, "file"), "text-2"))
        words = ElidedLabel("", "text-2" if group.names else "text")
        follow_language(words, lambda: words.set_text(said_of(of_images, f"bundle_file.{group.kind}")))
        if group.names:
            names = ElidedLabel(", ".join(PurePosixPath(name).name for name in group.names), weight=500)
            names.setFixedWidth(_NAME_WIDTH)
            row.addWidget(names)
        row.addWidget(words, 1)
        if group.size_bytes is not None:
            size = plain_label(translator().size(group.size_bytes))
            size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            size.setMinimumWidth(_SIZE_WIDTH)
            row.addWidget(size)
