"""The data page of a project with the moulding sample, by mouse and keyboard."""

from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from automl.domain.recipe import FillMissing, SetRole
from automl.domain.schema import ColumnType, Role
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import translate, translator
from desktop.itemmodels.column_words import role_word, type_word
from desktop.itemmodels.columns import Field
from desktop.itemmodels.rows import MISSING_ROLE, RowOrder
from desktop.pages.data.check_page import CheckPage
from desktop.widgets.buttons import Button
from desktop.widgets.finding_row import FindingRow, FixedRow
from desktop.widgets.rail import StepState
from desktop.widgets.segmented import Segment, SegmentedControl
from desktop.widgets.toast import Toast
from tests.desktop.clicks import choose_in_menu, click, click_cell, press, write


def page_of(shell: Shell) -> CheckPage:
    assert shell.window.current_page() is PageId.DATA
    return shell.data.check


def finding_about(qtbot: QtBot, page: CheckPage, column: str) -> FindingRow:
    found: list[FindingRow] = []

    def look() -> bool:
        rows = [row for row in page.findings.findChildren(FindingRow) if row.isVisible()]
        found[:] = [row for row in rows if row.title.text().startswith(column)]
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]


def fixed_line(qtbot: QtBot, page: CheckPage, column: str) -> FixedRow:
    found: list[FixedRow] = []

    def look() -> bool:
        rows = [row for row in page.findings.findChildren(FixedRow) if row.isVisible()]
        found[:] = [row for row in rows if column in row.accessibleName()]
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]


def button_of(row: FindingRow) -> Button:
    return next(button for button in row.findChildren(Button) if button.text() != translate("finding.why_it_matters"))


def segment(control: SegmentedControl, words: str) -> Segment:
    return next(one for one in control.findChildren(Segment) if one.text() == words)


def cell_of(page: CheckPage, column: str, field: Field) -> QModelIndex:
    model = page.columns.table.model()
    names = [model.index(row, Field.NAME).data() for row in range(model.rowCount())]
    return model.index(names.index(column), field)


def toast_words(shell: Shell) -> list[str]:
    return [toast.accessibleName() for toast in shell.window.toasts.toasts()]


def test_it_says_what_the_data_are(qtbot: QtBot, moulding: Shell) -> None:
    page = page_of(moulding)
    assert "3,031" in page.header.summary.toolTip()
    assert moulding.session.target == "DEFECT"
    step = moulding.window.rail.step(PageId.DATA.value)
    assert step.state() is StepState.ACT
    assert step.live_line() == "3 findings to look at"
    assert finding_about(qtbot, page, "REWORK_CODE").isVisible()


def test_a_fix_becomes_one_green_line_and_undo_brings_the_finding_back(qtbot: QtBot, moulding: Shell) -> None:
    page = page_of(moulding)
    click(button_of(finding_about(qtbot, page, "HUMIDITY")))
    assert moulding.session.dataset is not None
    assert FillMissing("HUMIDITY") in moulding.session.dataset.steps
    click(fixed_line(qtbot, page, "HUMIDITY").findChildren(Button)[0])
    assert FillMissing("HUMIDITY") not in moulding.session.dataset.steps
    assert finding_about(qtbot, page, "HUMIDITY").isVisible()


def test_the_toast_of_a_fix_undoes_it(qtbot: QtBot, moulding: Shell) -> None:
    page = page_of(moulding)
    click(button_of(finding_about(qtbot, page, "REWORK_CODE")))
    toast = moulding.window.findChildren(Toast)[-1]
    undo = next(link for link in toast.findChildren(Button) if link.text() == "Undo")
    click(undo)
    assert moulding.session.dataset is not None
    assert SetRole("REWORK_CODE", Role.IGNORE) not in moulding.session.dataset.steps


def test_a_role_changes_by_menu_and_goes_back_and_forth_by_keyboard(moulding: Shell) -> None:
    page, session = page_of(moulding), moulding.session
    click_cell(page.columns.table, cell_of(page, "MACHINE", Field.ROLE))
    choose_in_menu(page.columns.table, role_word(Role.GROUP))

    def role() -> Role:
        assert session.dataset is not None
        return session.dataset.schema().column("MACHINE").role

    assert role() is Role.GROUP
    press(moulding.window, Qt.Key.Key_Z, control=True)
    assert role() is Role.INPUT
    press(moulding.window, Qt.Key.Key_Y, control=True)
    assert role() is Role.GROUP


def test_the_role_list_opens_by_keyboard(moulding: Shell) -> None:
    table = page_of(moulding).columns.table
    table.setCurrentIndex(cell_of(page_of(moulding), "CAVITY", Field.TYPE))
    press(table, Qt.Key.Key_Return)
    choose_in_menu(table, type_word(ColumnType.TEXT))
    assert moulding.session.dataset is not None
    assert moulding.session.dataset.schema().column("CAVITY").type is ColumnType.TEXT


def test_choosing_another_target_moves_the_pinned_column(moulding: Shell) -> None:
    page = page_of(moulding)
    click_cell(page.columns.table, cell_of(page, "CYCLE_TIME", Field.ROLE))
    choose_in_menu(page.columns.table, role_word(Role.TARGET))
    shown = [
        place for place in range(page.preview.model.columnCount()) if not page.preview.pinned.isColumnHidden(place)
    ]
    assert [page.preview.model.headerData(place, Qt.Orientation.Horizontal) for place in shown] == ["CYCLE_TIME"]
    assert moulding.session.target == "CYCLE_TIME"


def test_columns_are_found_and_filtered(moulding: Shell) -> None:
    columns = page_of(moulding).columns
    write(columns.search, "melt")
    assert columns.table.model().rowCount() == 3
    columns.search.clear()
    click(segment(columns.filter, "With findings 3"))
    assert columns.table.model().rowCount() == 3
    click(segment(columns.filter, "Inputs 19"))
    assert columns.table.model().rowCount() == 19


def test_rows_are_shown_newest_first_scattered_or_only_those_with_problems(moulding: Shell) -> None:
    preview = page_of(moulding).preview
    assert preview.model.index(0, 0).data() == "3,031"
    click(segment(preview.order, "Random"))
    assert 0 < preview.model.rowCount() <= 1000
    click(segment(preview.order, "Problems only"))
    odd = [finding for finding in moulding.session.open_findings if finding.rows]
    assert preview.model.rowCount() == len({row for finding in odd for row in finding.rows})
    assert preview.order.value() == RowOrder.PROBLEMS.value


def test_missing_cells_are_marked(moulding: Shell) -> None:
    model = page_of(moulding).preview.model
    names = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    column = names.index("HUMIDITY")
    cells = [model.index(row, column) for row in range(model.rowCount())]
    words = {str(cell.data()) for cell in cells if cell.data(MISSING_ROLE)}
    assert words == {"missing"}


def test_both_views_scroll_together(moulding: Shell) -> None:
    preview = page_of(moulding).preview
    preview.table.verticalScrollBar().setValue(500)
    assert preview.pinned.verticalScrollBar().value() == 500


def test_everything_is_said_again_in_korean(qtbot: QtBot, moulding: Shell) -> None:
    page = page_of(moulding)
    translator().set_language(Language.KOREAN)
    assert page.header.title.text() == "데이터"
    assert finding_about(qtbot, page, "REWORK_CODE").title.text() == "REWORK_CODE가 정답을 미리 알려 줍니다"
    assert cell_of(page, "DEFECT", Field.ROLE).data() == "예측할 값"
    assert moulding.window.rail.step("data").live_line() == "발견 사항 3건"


def test_a_narrow_window_shows_the_same(qtbot: QtBot, moulding: Shell) -> None:
    page = page_of(moulding)
    moulding.window.resize(1100, 700)
    qtbot.waitUntil(moulding.window.is_narrow)
    assert page.columns.table.isColumnHidden(Field.SPREAD)
    row = finding_about(qtbot, page, "REWORK_CODE")
    assert button_of(row).mapTo(page, button_of(row).rect().topRight()).x() < page.width()


def test_continue_leads_to_the_goal(moulding: Shell) -> None:
    press(moulding.window, Qt.Key.Key_Return, control=True)
    assert moulding.window.current_page() is PageId.GOAL


def test_nothing_to_undo_is_said(moulding: Shell) -> None:
    press(moulding.window, Qt.Key.Key_Z, control=True)
    assert toast_words(moulding)[-1] == "There is nothing to undo."


def test_another_project_shows_its_own_rows(moulding: Shell, tmp_path: Path) -> None:
    table = tmp_path / "pumps.csv"
    table.write_text("PUMP,FLOW\nP-1,7.5\nP-2,8.5\n", encoding="utf-8")
    import_module("tests.imported_projects").import_table(tmp_path / "Pumps", table)
    model = page_of(moulding).preview.model
    assert model.rowCount() == 3031

    moulding.projects.open(tmp_path / "Pumps")

    cells = {str(model.index(row, column).data()) for row in range(model.rowCount()) for column in (0, 1, 2)}
    assert model.rowCount() == 2
    assert {"P-1", "P-2"} <= cells
