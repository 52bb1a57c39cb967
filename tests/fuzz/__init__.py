"""Random text thrown at the reader: `python -m tests.fuzz` runs a million strings, the test suite a sample of them."""
