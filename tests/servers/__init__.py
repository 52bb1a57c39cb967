"""Servers that stand in for the real ones, faithful down to the wording of their errors."""
