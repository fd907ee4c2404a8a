"""The few windows above the window: about, and the card for a fault of the program."""
