"""The screen of Lathe: Qt Widgets over `automl.api` and `automl.domain`."""
