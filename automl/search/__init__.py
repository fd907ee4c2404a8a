"""Which recipes are tried, in which order and how each is scored. Optuna lives only here."""
