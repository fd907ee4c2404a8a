"""Label by rule: all images whose file name or folder holds a text get a class, shown before it is done."""

from PySide6.QtCore import Signal

from desktop.i18n import bind_text, translate
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.side_panel import SidePanel
from desktop.pages.project_images import ProjectImages
from desktop.widgets.buttons import accent_button
from desktop.widgets.card import scrolling
from desktop.widgets.choices import CheckBox
from desktop.widgets.fields import Choice, ComboBox, FieldRow, TextField
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.text import label, rich, rich_label

_SHOWN = 12


class RulePanel(SidePanel):
    """Images that already have a label keep it, unless the person asks otherwise."""

    applied = Signal()

    def __init__(self, labelling: Labelling, images: ProjectImages) -> None:
        super().__init__("label.rule.title")
        self._labelling, self._images = labelling, images
        self._matching: tuple[int, ...] = ()
        self.text = TextField("label.rule.text", placeholder="label.rule.example")
        self.text.textChanged.connect(lambda _text: self.show_state())
        self.classes = ComboBox(name="label.rule.class")
        self.also_labelled = CheckBox("label.rule.also_labelled", count=0)
        self.also_labelled.toggled.connect(lambda _on: self._say())
        self.reading = rich_label("", "body")
        self.tiles = ImageTiles(images.thumbnails.pixmap, columns=4, height=52)
        self.apply = accent_button("label.rule.apply", count=0)
        self.apply.clicked.connect(lambda _checked=False: self._apply())
        self.body.setSpacing(10)
        self.add(label("label.rule.how", "caption", wrap=True))
        self.add(FieldRow("label.rule.text", self.text))
        self.add(FieldRow("label.rule.class", self.classes))
        self.add(self.reading)
        self.add(scrolling(self.tiles), 1)
        self.add(self.also_labelled)
        self.add(self.apply)
        images.thumbnails.ready.connect(lambda _number: self.tiles.refresh())
        labelling.changed.connect(self._labels_changed)

    def start(self) -> None:
        """Begin with the text selected, ready to be typed over."""
        self.show_state()
        self.text.setFocus()
        self.text.selectAll()

    def show_state(self) -> None:
        """Show what the text matches now."""
        state = self._labelling.state
        self.classes.set_choices([Choice(one.name, text=one.name) for one in state.classes])
        self._matching = self._labelling.matching(self.text.text())
        tiles = [
            Tile(number, record.path)
            for number in self._matching[:_SHOWN]
            if (record := self._images.record(number)) is not None
        ]
        self.tiles.show_images(tiles)
        self._say()

    def _say(self) -> None:
        labels = self._labelling.state.by_number
        labelled = sum(1 for number in self._matching if number in labels and labels[number].class_name)
        self.also_labelled.setVisible(bool(labelled))
        bind_text(self.also_labelled, "label.rule.also_labelled", count=labelled)
        if not self.text.text().strip():
            self.reading.setText("")
        else:
            key = "label.rule.matches" if self._matching else "label.rule.no_match"
            self.reading.setText(rich(translate(key, count=len(self._matching))))
        targets = self._targets()
        self.apply.set_text("label.rule.apply", count=len(targets))
        self.apply.setEnabled(bool(targets) and bool(self.classes.value()))

    def _targets(self) -> tuple[int, ...]:
        labels = self._labelling.state.by_number
        if self.also_labelled.isChecked():
            return self._matching
        return tuple(one for one in self._matching if one not in labels or not labels[one].class_name)

    def _labels_changed(self) -> None:
        if self.isVisible():
            self.show_state()

    def _apply(self) -> None:
        if self._labelling.give_class(self._targets(), self.classes.value()):
            self.applied.emit()
