"""Render the gallery in both themes and both languages."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from automl.domain.language import Language
from desktop.i18n import Translator
from desktop.theme import Theme, ThemeChoice
from tests.desktop.gallery.boxes import box_page
from tests.desktop.gallery.charts import chart_page
from tests.desktop.gallery.components import component_page


def main(folder: Path) -> None:
    """Write `<page>-<language>-<theme>.png` into the folder."""
    application = QApplication(sys.argv[:1])
    theme = Theme(application)
    translator = Translator(application, strict=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in (("components", component_page()), ("charts", chart_page()), ("boxes", box_page())):
        page.resize(1440, 900)
        page.show()
        for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            theme.set_choice(choice)
            for language in Language:
                translator.set_language(language)
                for _ in range(3):
                    application.processEvents()
                page.grab().save(str(folder / f"{name}-{language.value}-{choice.value}.png"))
        page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
