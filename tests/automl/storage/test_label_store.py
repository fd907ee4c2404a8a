"""Labels are a journal: every step is kept at once, goes back and forth, and is seen by other processes."""

from pathlib import Path

import pytest

from automl import api
from automl.domain.issues import Refusal
from automl.domain.label_editing import imported_step
from automl.domain.labels import Label, LabelClass, Provenance
from automl.storage.database import Database
from automl.storage.project import Access, Project

A, B, C = "a" * 64, "b" * 64, "c" * 64


def by_person(sha256: str, name: str) -> Label:
    return Label(sha256, name, Provenance.PERSON)


def names(project: Project) -> list[str]:
    return [each.name for each in project.labels.classes()]


def test_a_label_brings_its_class_and_can_be_undone(project: Project) -> None:
    api.set_labels(project, [by_person(A, "긁힘"), by_person(B, "OK")])
    api.set_labels(project, [by_person(A, "OK")])
    assert names(project) == ["긁힘", "OK"]
    assert api.labels(project)[A].class_name == "OK"
    assert api.undo_labels(project)
    assert api.labels(project)[A].class_name == "긁힘"
    assert api.undo_labels(project)
    assert not api.labels(project)
    assert names(project) == []
    assert not api.undo_labels(project)
    assert api.redo_labels(project)
    assert api.redo_labels(project)
    assert not api.redo_labels(project)
    assert api.labels(project) == {A: by_person(A, "OK"), B: by_person(B, "OK")}


def test_a_new_step_forgets_what_was_undone(project: Project) -> None:
    api.set_labels(project, [by_person(A, "1")])
    api.undo_labels(project)
    api.set_labels(project, [by_person(B, "2")])
    assert not api.can_redo_labels(project)
    assert api.labels(project) == {B: by_person(B, "2")}


def test_the_same_label_again_is_no_step(project: Project) -> None:
    api.set_labels(project, [by_person(A, "1")])
    api.set_labels(project, [by_person(A, "1")])
    assert api.undo_labels(project)
    assert not api.can_undo_labels(project)


def test_labels_live_on_when_the_process_does_not(project: Project, folder: Path) -> None:
    api.set_labels(project, [by_person(A, "1")])
    reader = Project.open(folder, Access.READ)
    assert reader.labels.current() == {A: by_person(A, "1")}
    api.set_labels(project, [by_person(B, "2")])
    api.undo_labels(project)
    api.set_labels(project, [by_person(C, "3")])
    assert set(reader.labels.current()) == {A, C}
    reader.close()


def test_classes_are_renamed_merged_and_removed_with_their_labels(project: Project) -> None:
    api.set_labels(project, [by_person(A, "crack"), by_person(B, "scratch")])
    api.rename_class(project, "CRACK", "Crack")
    assert names(project) == ["Crack", "scratch"]
    with pytest.raises(Refusal) as refusal:
        api.rename_class(project, "Crack", "Scratch")
    assert refusal.value.issues[0].code == "labels.class_exists"
    api.merge_classes(project, "scratch", "Crack")
    assert {label.class_name for label in api.labels(project).values()} == {"Crack"}
    api.undo_labels(project)
    assert api.labels(project)[B].class_name == "scratch"
    api.remove_class(project, "scratch")
    assert api.labels(project)[B].class_name == ""
    assert names(project) == ["Crack"]
    api.add_class(project, " new  one ")
    api.order_classes(project, ["new one"])
    assert names(project) == ["new one", "Crack"]


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "class_empty"), ("x" * 61, "class_too_long"), ("OK", "class_exists")]
)
def test_names_that_cannot_be_are_refused(project: Project, name: str, code: str) -> None:
    api.add_class(project, "ok")
    with pytest.raises(Refusal) as refusal:
        api.add_class(project, name)
    assert refusal.value.issues[0].code == f"labels.{code}"


def test_what_files_say_never_overrules_a_person_and_cannot_be_undone(project: Project) -> None:
    api.set_labels(project, [by_person(A, "mine")])
    labels = project.labels
    labels.write(imported_step(labels.classes(), labels.current(), {A: "theirs", B: "theirs"}))
    assert labels.current() == {A: by_person(A, "mine"), B: Label(B, "theirs", Provenance.IMPORTED)}
    assert [each.name for each in labels.classes()] == ["mine", "theirs"]
    assert not api.undo_labels(project)


def test_frozen_labels_stay_as_they_were(project: Project) -> None:
    api.set_labels(project, [by_person(A, "1")])
    frozen = api.freeze_labels(project)
    api.set_labels(project, [by_person(A, "2")])
    assert project.labels.frozen(frozen) == {A: by_person(A, "1")}


def test_a_project_from_before_images_can_be_read(project: Project, folder: Path) -> None:
    project.close()
    database = Database(folder / "project.sqlite")
    database.run("DROP TABLE label_step")
    database.run("PRAGMA user_version = 1")
    database.close()
    with Project.open(folder, Access.READ) as old:
        assert old.labels.current() == {}
        assert old.labels.classes() == ()
        assert not old.labels.can_undo()
        assert not old.labels.can_redo()
    with Project.open(folder) as new:
        api.set_labels(new, [by_person(A, "1")])
        assert new.labels.classes() == (LabelClass("1"),)
