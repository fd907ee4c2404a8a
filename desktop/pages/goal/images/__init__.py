"""The questions about images: what it should answer, what a good part is, which mistakes are bearable, how parts lie."""
