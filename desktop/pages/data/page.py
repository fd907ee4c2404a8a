"""The Data step: check and fix, label (images only), add data, versions."""

from desktop.pages.data.add.page import AddDataPage
from desktop.pages.data.check_page import CheckPage
from desktop.pages.data.versions_page import VersionsPage
from desktop.pages.label.page import LabelPage
from desktop.pages.session import Session
from desktop.pages.sub_pages import PageWithSubPages

CHECK, LABEL, ADD, VERSIONS = "check", "label", "add", "versions"


class DataPage(PageWithSubPages):
    """Opens on check and fix."""

    def __init__(self, session: Session) -> None:
        super().__init__("data.title")
        self.check = CheckPage(session)
        self.label = LabelPage(session)
        self.add = AddDataPage(session)
        self.versions = VersionsPage(session)
        self.add_sub_page(CHECK, self.check)
        self.add_sub_page(LABEL, self.label)
        self.add_sub_page(ADD, self.add)
        self.add_sub_page(VERSIONS, self.versions)
