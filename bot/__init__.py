"""What the bot knows, and the wires it speaks over."""

__version__ = "0.1.0"
