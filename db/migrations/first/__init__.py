"""What the first migration makes, a room for each noun; it never changes again."""
