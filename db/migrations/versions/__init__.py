"""The numbered changes."""
