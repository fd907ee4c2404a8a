"""The undo history."""

from pytestqt.qtbot import QtBot

from desktop.actions import UndoHistory


def test_steps_are_undone_and_done_again_in_order(qtbot: QtBot) -> None:
    history, ignored = UndoHistory(), list[str]()
    with qtbot.waitSignal(history.changed):
        history.do("ignore A", lambda: ignored.append("A"), ignored.clear)
    history.do("ignore B", lambda: ignored.append("B"), lambda: ignored.remove("B"))
    assert history.undo() == "ignore B"
    assert ignored == ["A"]
    assert history.redo() == "ignore B"
    assert ignored == ["A", "B"]
    history.clear()
    assert history.undo() == ""
    assert ignored == ["A", "B"]
