"""Weights of networks: which ones the project has, bringing a file, fetching one when a person asks for it."""
