"""Whether a table model keeps the promises views rely on."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester


def sound(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Return a tester that looks at the model now and after each change; what it finds is a warning, which fails a test."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
