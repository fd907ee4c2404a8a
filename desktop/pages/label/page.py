"""Label: give images their class, with the model's suggestions and without."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QVBoxLayout, QWidget

from automl.domain.labels import LabelClass
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.images_labelled import Filter, Kind
from desktop.jobs.suggestion_service import SuggestionService
from desktop.pages.label.accept_panel import AcceptPanel
from desktop.pages.label.browse_card import BrowseCard
from desktop.pages.label.curve_panel import CurvePanel
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.look_panel import LookPanel
from desktop.pages.label.name_popover import NamePopover
from desktop.pages.label.progress_card import ProgressCard
from desktop.pages.label.rule_panel import RulePanel
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.class_sign import KEYS
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.flow import SideBySide
from desktop.widgets.key_cap import KeyHints
from desktop.widgets.page_frame import PageFrame

_SIDE_WIDTH = 360
_PROMISES = (
    Promise("pencil", "label.empty.few.title", "label.empty.few.text"),
    Promise("sparkles", "label.empty.suggested.title", "label.empty.suggested.text"),
    Promise("user", "label.empty.look.title", "label.empty.look.text"),
)


class LabelPage(PageFrame):
    """Digits give a class, Enter accepts, S skips, Space selects, Z enlarges: to what is selected, else to what needs a look."""

    def __init__(self, session: Session, service: SuggestionService | None = None) -> None:
        super().__init__("label.title", "label.summary")
        self._session = session
        self.labelling = Labelling(session, service or SuggestionService(self), self)
        self._add = self.header.add_action(
            button("label.action.add", icon="file-plus"), "label.action.add", "label.action.add.short"
        )
        self._add.clicked.connect(lambda _checked=False: session.go_to(PageId.DATA, "add"))
        self._go_on = self.header.add_action(primary_button("label.action.goal", trailing="arrow-right"))
        self._go_on.clicked.connect(lambda _checked=False: self._continue())
        self.progress = ProgressCard()
        self.browse = BrowseCard(self.labelling, session.images)
        self.look = LookPanel(self.labelling, session.images)
        self.accept = AcceptPanel(self.labelling, session.images)
        self.rule = RulePanel(self.labelling, session.images)
        self.curve = CurvePanel(self.labelling)
        self.hints = KeyHints(_hints(0))
        self._side = QStackedWidget()
        for panel in (self.look, self.accept, self.rule, self.curve):
            self._side.addWidget(panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._content())
        self.body.addWidget(self._stack)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._connect()
        self._show()

    def retranslate(self) -> None:
        """Say again what is composed."""
        self.progress.retranslate()
        self.look.retranslate()
        self._show()
        self.browse.show_state()
        for panel in (self.accept, self.rule, self.curve):
            panel.show_state()

    def set_narrow(self, narrow: bool) -> None:
        """Pass the form of the window on."""
        super().set_narrow(narrow)
        self._columns.set_narrow(narrow)
        self._left.setSpacing(12 if narrow else 16)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to suggest, and take the keys."""
        super().showEvent(event)
        self.labelling.wake()
        self.browse.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let labels given elsewhere wait until the page is seen again."""
        super().hideEvent(event)
        self.labelling.doze()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Label by keys."""
        focused = QApplication.focusWidget()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(focused, QAbstractButton):
                focused.click()
            else:
                self._accept()
        elif event.key() == Qt.Key.Key_S:
            self._skip()
        elif event.key() == Qt.Key.Key_Z:
            self.browse.toggle_single()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self._give_class_of_key(event.key() - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        labelling, chips = self.labelling, self.browse.chips
        labelling.changed.connect(self._show)
        self._session.images.listing_changed.connect(self._close_panel)
        self._session.model_changed.connect(self._show)
        self.progress.curve_requested.connect(lambda: self._side.setCurrentWidget(self.curve))
        self.browse.bar.accept_requested.connect(self._open_accept)
        self.browse.bar.rule_requested.connect(self._open_rule)
        self.look.class_chosen.connect(lambda name: labelling.give_class((labelling.current,), name))
        self.look.accepted.connect(lambda: labelling.accept((labelling.current,)))
        self.look.skipped.connect(labelling.skip)
        self.look.suspects_requested.connect(lambda: self.browse.keep(Filter(Kind.SUSPECT)))
        self.look.class_requested.connect(lambda: self._ask_for_class(self.look.add_class))
        for panel in (self.accept, self.rule, self.curve):
            panel.closed.connect(self._close_panel)
        # In a turn of its own: thousands of labels were given in this one.
        self.accept.accepted.connect(self._close_panel, Qt.ConnectionType.QueuedConnection)
        self.rule.applied.connect(self._close_panel)
        chips.add_requested.connect(lambda: self._ask_for_class(chips.add))
        chips.rename_requested.connect(self._ask_for_name)
        chips.merge_requested.connect(self._merge)
        chips.remove_requested.connect(self._remove)

    def _empty(self) -> QWidget:
        add = primary_button("label.action.add", icon="file-plus")
        add.clicked.connect(lambda _checked=False: self._session.go_to(PageId.DATA, "add"))
        return EmptyState("label.empty.title", "label.empty.detail", [add], _PROMISES)

    def _content(self) -> QWidget:
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(16)
        self._left.addWidget(self.progress)
        self._left.addWidget(self.browse, 1)
        self._left.addWidget(self.hints)
        self._columns = SideBySide(left, self._side, width=_SIDE_WIDTH)
        # A click leaves the keyboard with the images, where Enter accepts; Tab still reaches every button.
        for pressed in self._columns.findChildren(QAbstractButton):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return self._columns

    def _show(self) -> None:
        session, state = self._session, self.labelling.state
        has_images = bool(state.records)
        self._stack.setCurrentIndex(int(has_images))
        self._add.setVisible(has_images)
        self._go_on.setVisible(has_images)
        self._go_on.set_text("label.action.goal" if session.leaderboard is None else "label.action.train")
        self.progress.show_state(state)
        self.hints.set_hints(_hints(len(state.classes)))

    def _continue(self) -> None:
        self._session.go_to(PageId.GOAL if self._session.leaderboard is None else PageId.TRAIN)

    def _targets(self) -> tuple[int, ...]:
        current = self.labelling.current
        return self.browse.targets() or ((current,) if current else ())

    def _give_class_of_key(self, place: int) -> None:
        classes: tuple[LabelClass, ...] = tuple(self.labelling.state.classes)
        targets = self._targets()
        if place < len(classes) and targets:
            self.labelling.give_class(targets, classes[place].name)
            self.browse.finish(targets)

    def _accept(self) -> None:
        targets = self._targets()
        if self.labelling.accept(targets):
            self.browse.finish(targets)

    def _skip(self) -> None:
        if self.browse.is_single:
            self.browse.single.stepped.emit(1)
        else:
            self.labelling.skip()

    def _open_accept(self) -> None:
        # What changes before it is seen moves nothing around it.
        self.accept.start()
        self._side.setCurrentWidget(self.accept)
        self.accept.slider.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_rule(self) -> None:
        self._side.setCurrentWidget(self.rule)
        self.rule.start()

    def _close_panel(self) -> None:
        if self._side.currentWidget() is not self.look:
            self._side.setCurrentWidget(self.look)
            self.browse.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_class(self, anchor: QWidget) -> None:
        take = self.labelling.add_class
        NamePopover(self, "label.class.name", "label.class.add_action", take).open_below(anchor)

    def _ask_for_name(self, name: str) -> None:
        popover = NamePopover(
            self, "label.class.name", "label.class.rename", lambda to: self.labelling.rename_class(name, to), name
        )
        popover.open_below(self.browse.chips.edit)

    def _merge(self, name: str, into: str) -> None:
        self._tell(
            self.labelling.merge_classes(name, into),
            translate("label.done.class_merged", name=name, into=into),
        )

    def _remove(self, name: str) -> None:
        self._tell(self.labelling.remove_class(name), translate("label.done.class_removed", name=name))

    def _tell(self, why_not: str, done: str) -> None:
        session = self._session
        if why_not:
            session.notify("app.refused", tone="bad", why=why_not)
        else:
            session.notify("label.done", what=done, action="data.findings.undo", act=session.undo_and_tell)


def _hints(class_count: int) -> list[tuple[str, str]]:
    last = min(class_count, KEYS)
    keys = [("1" if last == 1 else f"1-{last}", "label.keys.class")] if last else []
    return [
        *keys,
        ("Enter", "label.keys.accept"),
        ("S", "label.keys.skip"),
        ("Space", "label.keys.select"),
        ("Z", "label.keys.zoom"),
        ("Ctrl Z", "label.keys.undo"),
    ]
