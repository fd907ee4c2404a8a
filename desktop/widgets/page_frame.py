"""The frame of every page: title, one-line summary, actions at the right (the primary one last), then cards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import bind_text, follow_language, translate, translator
from desktop.widgets.buttons import Button
from desktop.widgets.text import label, rich, rich_label, shortened

MARGIN, NARROW_MARGIN = 24, 16


class PageHeader(QWidget):
    """Title and summary at the left, actions at the right."""

    def __init__(self, title: str, summary: str = "", **parameters: object) -> None:
        super().__init__()
        self._actions: list[tuple[Button, str, str, dict[str, object]]] = []
        self._is_narrow = False
        self.title = label(title, "page-title")
        self.summary = rich_label("", tone="", wrap=False)
        self.summary.setProperty("type", "secondary")
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._summary_key, self._summary_parameters = summary, parameters
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop)
        self._buttons.setContentsMargins(0, 6, 0, 0)
        self.title.setFixedHeight(28)
        self.summary.setFixedHeight(18)
        follow_language(self, self._show_summary)

    def set_title(self, key: str, **parameters: object) -> None:
        """Another title."""
        bind_text(self.title, key, **parameters)

    def set_summary(self, key: str, **parameters: object) -> None:
        """Another summary; **strong** words are set in bold."""
        self._summary_key, self._summary_parameters = key, parameters
        self._show_summary()

    def add_action(self, button: Button, key: str = "", short_key: str = "", **parameters: object) -> Button:
        """Put a button at the right end; with `short_key` its words get shorter in a narrow window."""
        self._actions.append((button, key, short_key, parameters))
        self._buttons.addWidget(button)
        self._name(button, key, short_key, parameters)
        return button

    def name_action(self, button: Button, key: str, short_key: str = "", **parameters: object) -> None:
        """Give an action other words, in both widths."""
        place = next(place for place, action in enumerate(self._actions) if action[0] is button)
        self._actions[place] = (button, key, short_key, parameters)
        self._name(button, key, short_key, parameters)

    def set_narrow(self, narrow: bool) -> None:
        """Shorten the words of the actions."""
        self._is_narrow = narrow
        for button, key, short_key, parameters in self._actions:
            self._name(button, key, short_key, parameters)

    def _name(self, button: Button, key: str, short_key: str, parameters: dict[str, object]) -> None:
        chosen = short_key if self._is_narrow and short_key else key
        if chosen:
            button.set_text(chosen, **parameters)

    def _show_summary(self) -> None:
        key, parameters = self._summary_key, self._summary_parameters
        short = {name: shortened(value) for name, value in parameters.items()}
        self.summary.setText(rich(translate(key, **short)) if key else "")
        self.summary.setToolTip(translate(key, **parameters).replace("**", "") if key else "")


class PageFrame(QWidget):
    """Base of a page. Fill `self.body` with cards; override `retranslate` and `set_narrow` where binding is not enough."""

    def __init__(self, title: str, summary: str = "", **parameters: object) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader(title, summary, **parameters)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(16)
        self._column.addWidget(self.header)
        self._column.addLayout(self.body, 1)
        self._set_margin(MARGIN)
        follow_language(self, lambda: self.setAccessibleName(self.header.title.text()))
        translator().language_changed.connect(self.retranslate)

    def retranslate(self) -> None:
        """Called after every change of language, for texts that are composed rather than bound."""

    def set_narrow(self, narrow: bool) -> None:
        """Called when the window gets narrower than 1200 or wider again; call this one too when you override it."""
        self._set_margin(NARROW_MARGIN if narrow else MARGIN)
        self.header.set_narrow(narrow)
        gap = 12 if narrow else 16
        self._column.setSpacing(gap)
        self.body.setSpacing(gap)

    def primary_action(self) -> Button | None:
        """The button Ctrl Enter presses: the last one of the header that can be pressed."""
        found = self.header.findChildren(Button, options=Qt.FindChildOption.FindDirectChildrenOnly)
        pressable = [button for button in found if button.isVisible() and button.isEnabled() and button.is_primary()]
        return pressable[-1] if pressable else None

    def _set_margin(self, margin: int) -> None:
        top, bottom = (16, 20) if margin == MARGIN else (12, margin)
        self._column.setContentsMargins(margin, top, margin, bottom)
