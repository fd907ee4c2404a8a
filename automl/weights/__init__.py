"""Weights of networks: those that come with Lathe, those a person brings, and the feature graphs made of them."""
