"""The screen of Lathe: Qt Widgets over `automl.api` and `automl.domain`."""

from desktop.none_reference import make_none_immortal

make_none_immortal()
