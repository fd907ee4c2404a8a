"""The nouns of Lathe: frozen records and enumerations, without input or output."""
