"""Dialogues that a non-programmer can read, told on every wire."""
