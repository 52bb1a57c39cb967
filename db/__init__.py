"""What the bot remembers: only here is SQL."""
