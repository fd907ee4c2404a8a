"""Sentences that count rows of a table, or images: the same sentence in two units."""

from desktop.i18n import translate, translator


def said_of(of_images: bool, key: str, **parameters: object) -> str:
    """Return a sentence about rows, or its twin about images where there is one."""
    twin = f"{key}.images"
    return translate(twin if of_images and translator().has(twin) else key, **parameters)
