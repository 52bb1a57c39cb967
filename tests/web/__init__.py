"""What the local web chat promises, to a client and in a real browser."""
