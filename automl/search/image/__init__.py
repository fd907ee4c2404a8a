"""How recipes for images are tried."""
