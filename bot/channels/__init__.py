"""The apps that people chat in, one module each."""
