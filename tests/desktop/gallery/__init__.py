"""Every widget and chart in every state, as pictures: `python -m tests.desktop.gallery OUT_DIR`."""
