"""Cards, notes, findings, toasts, progress, explanations and the focus ring."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.i18n import Translator
from desktop.widgets.buttons import Button, IconButton, button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.error_card import ErrorCard, WayOut
from desktop.widgets.explain import ExplainLabel, Explanation
from desktop.widgets.finding_row import FindingRow, FixedRow, Severity
from desktop.widgets.flow import Flow, SideBySide
from desktop.widgets.focus_ring import FocusRings
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.note import Note
from desktop.widgets.progress import ProgressBar, ProgressState
from desktop.widgets.text import ElidedLabel, breakable, rich, shortened
from desktop.widgets.toast import MOST_AT_ONCE, ToastStack

LEFT = Qt.MouseButton.LeftButton
WHY = Explanation("finding.why_it_matters", "status.offline", "search.hint", "widget.working")


def test_a_note_is_as_high_as_its_words(qtbot: QtBot, words: Translator) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    note = Note("warn", "status.offline")
    column.addWidget(note)
    column.addStretch(1)
    page.resize(500, 300)
    page.show()
    qtbot.waitExposed(page)
    wide = note.height()
    page.resize(200, 300)
    qtbot.waitUntil(lambda: note.height() > wide)
    words.set_language(Language.KOREAN)
    assert note.accessibleName().startswith("인터넷 없이")


def test_a_tile_without_a_number_says_so(qtbot: QtBot, words: Translator) -> None:
    tile = MetricTile("page.data")
    qtbot.addWidget(tile)
    assert tile._value.text() == "No data"
    tile.set("90.5%", "76 of 84", "ok")
    words.set_language(Language.KOREAN)
    assert tile._value.text() == "90.5%"
    assert "76 of 84" in tile.accessibleName()


def test_a_finding_asks_for_its_fix_and_explains_itself(qtbot: QtBot) -> None:
    row = FindingRow(Severity.LOOK, "HUMIDITY is missing", "Only on IMM-09.", "finding.undo", WHY)
    qtbot.addWidget(row)
    row.resize(320, 120)
    row.show()
    fix, why = row.findChildren(Button)
    with qtbot.waitSignal(row.fix_requested):
        QTest.mouseClick(fix, LEFT)
    row.set_busy(True)
    assert not fix.isEnabled()
    QTest.mouseClick(why, LEFT)
    popover = QApplication.activePopupWidget()
    assert popover is not None
    popover.close()


def test_a_fixed_finding_can_be_undone(qtbot: QtBot) -> None:
    row = FixedRow("187 repeated rows left out")
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.undo_requested):
        QTest.mouseClick(row.findChildren(Button)[0], LEFT)


def test_toasts_are_few_and_act_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    stack, undone = ToastStack(window, 40), list[str]()
    for _ in range(MOST_AT_ONCE + 2):
        toast = stack.show_toast("page.data", action="finding.undo", act=lambda: undone.append("undone"))
    assert len(stack.toasts()) == MOST_AT_ONCE
    QTest.mouseClick(toast.findChildren(Button)[0], LEFT)
    assert undone == ["undone"]
    assert len(stack.toasts()) == MOST_AT_ONCE - 1
    stack.dismiss_all()
    assert stack.toasts() == []


def test_a_toast_makes_room_for_its_words_in_another_language(qtbot: QtBot, words: Translator) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 600)
    stack = ToastStack(window, 40)
    words.set_language(Language.KOREAN)
    toast = stack.show_toast("deploy.created", action="deploy.open_folder", act=lambda: None, bundle="parts.zip")
    window.show()
    qtbot.waitExposed(window)
    words.set_language(Language.ENGLISH)
    said, link = toast.findChildren(QLabel)[-1], toast.findChildren(Button)[0]
    qtbot.waitUntil(lambda: said.geometry().right() < link.geometry().left())
    assert stack.geometry().right() < window.width()


def test_a_toast_goes_by_itself_and_an_error_stays(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    stack = ToastStack(window, 40)
    note, error = stack.show_toast("page.data"), stack.show_toast("page.goal", tone="bad")
    assert note._timer.isActive()
    assert not error._timer.isActive()
    note._timer.timeout.emit()
    assert stack.toasts() == [error]
    QTest.mouseClick(error.findChildren(IconButton)[0], LEFT)
    assert stack.toasts() == []


def test_progress_shows_its_state_and_moves_only_while_seen(qtbot: QtBot) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set(ProgressState.UNKNOWN)
    bar.show()
    qtbot.waitExposed(bar)
    bar.set(ProgressState.RUNNING, 1.7)
    assert bar.share() == 1.0
    bar.set(ProgressState.PAUSED, 0.38)
    assert bar.accessibleDescription() == "38%"
    bar.set(ProgressState.UNKNOWN)
    bar.hide()
    assert bar._motion.state() is bar._motion.State.Stopped
    bar.set(ProgressState.DONE)
    assert bar.share() == 1.0


def test_an_explained_word_opens_by_key_and_closes_by_escape(qtbot: QtBot, words: Translator) -> None:
    explained = ExplainLabel("page.compare", WHY)
    qtbot.addWidget(explained)
    explained.show()
    QTest.keyClick(explained, Qt.Key.Key_F1)
    popover = explained.popover()
    assert popover is not None
    assert popover.isVisible()
    QTest.keyClick(explained, Qt.Key.Key_Escape)
    assert explained.popover() is None
    words.set_language(Language.KOREAN)
    assert explained.accessibleName() == "비교"


def test_an_error_card_offers_ways_out_and_its_details(qtbot: QtBot) -> None:
    taken: list[str] = []
    ways = [
        WayOut("pencil", "Accept both", "Lathe writes its own copy.", "finding.undo", lambda: taken.append("accepted")),
        WayOut("x", "Go on without", "2 rows are 0.02%.", suggested=True),
    ]
    card = ErrorCard("2 rows could not be read.", "Your file was not changed.", ways, "LT-1042", "row 8,412")
    qtbot.addWidget(card)
    card.show()
    act, copy = card.ways.findChildren(Button)
    QTest.mouseClick(act, LEFT)
    QTest.mouseClick(copy, LEFT)
    assert taken == ["accepted"]
    assert QGuiApplication.clipboard().text() == "row 8,412"
    assert copy.text() == "Copied"


def test_an_empty_state_has_one_way_on(qtbot: QtBot) -> None:
    start = button("page.train")
    state = EmptyState("page.compare", "status.offline", [start], [Promise("scale", "page.data", "page.goal")])
    qtbot.addWidget(state)
    state.resize(1000, 700)
    state.show()
    with qtbot.waitSignal(start.clicked):
        QTest.mouseClick(start, LEFT)


def test_a_card_is_named_by_its_title_in_every_language(qtbot: QtBot, words: Translator) -> None:
    card = Card("page.data")
    qtbot.addWidget(card)
    assert card.accessibleName() == "Data"
    words.set_language(Language.KOREAN)
    assert card.accessibleName() == "데이터"


def test_long_names_keep_their_whole_text_in_the_tooltip(qtbot: QtBot) -> None:
    name = "A_VERY_LONG_COLUMN_NAME_" * 10
    label = ElidedLabel(name)
    qtbot.addWidget(label)
    label.resize(80, 20)
    assert label.toolTip() == label.accessibleName() == name
    assert label.minimumSizeHint().width() <= 32


def test_only_strong_words_become_markup() -> None:
    assert "<b>" not in rich("<b>name</b>")
    assert "&lt;b&gt;" in rich("<b>name</b>")
    assert "font-weight:600" in rich("a **strong** word")


def test_chips_wrap_into_lines(qtbot: QtBot) -> None:
    flow = Flow()
    qtbot.addWidget(flow)
    chips = [button("page.data", small=True) for _ in range(6)]
    for chip in chips:
        flow.add(chip)
    width = chips[0].sizeHint().width()
    flow.resize(width * 3 + 20, 200)
    flow.show()
    assert len({chip.y() for chip in chips}) == 2
    assert flow.heightForWidth(width) > flow.heightForWidth(width * 10)
    flow.clear()
    assert flow.heightForWidth(width) == 0


def test_a_side_panel_goes_below_where_there_is_no_room(qtbot: QtBot) -> None:
    main, side = Card("page.data"), Card("page.goal")
    both = SideBySide(main, side, stacks=True)
    qtbot.addWidget(both)
    both.resize(900, 500)
    both.show()
    assert side.x() > main.x()
    both.set_narrow(True)
    qtbot.waitUntil(lambda: side.y() > main.y() and side.x() == main.x())
    fixed = SideBySide(Card("page.data"), narrowed := Card("page.goal"))
    qtbot.addWidget(fixed)
    fixed.set_narrow(True)
    assert narrowed.maximumWidth() == 288


def test_the_focus_ring_follows_the_keyboard_only(qtbot: QtBot, qapp: QApplication) -> None:
    rings = FocusRings(qapp)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = button("page.data"), button("page.goal")
    column.addWidget(first)
    column.addWidget(second)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    assert rings.ring() is None
    QTest.keyClick(first, Qt.Key.Key_Tab)
    ring = rings.ring()
    assert ring is not None
    assert ring.geometry().center() == second.geometry().center()
    QTest.mouseClick(first, LEFT)
    assert rings.ring() is None
    qapp.removeEventFilter(rings)
    rings.deleteLater()


def test_very_long_words_may_go_on_in_the_next_line() -> None:
    word = "COLUMN_" * 30
    assert max(len(part) for part in breakable(word).split("\u200b")) < 40
    assert breakable(word).replace("\u200b", "") == word
    assert breakable("An ordinary sentence about INJ_PRESS_MAX.") == "An ordinary sentence about INJ_PRESS_MAX."


def test_a_long_name_in_a_sentence_keeps_both_ends() -> None:
    assert shortened("a" * 99 + ".csv") == f"{'a' * 30}…{'a' * 26}.csv"
    assert shortened(12480) == 12480
    assert shortened("moulding.csv") == "moulding.csv"
