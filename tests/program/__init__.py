"""What the running program promises, asked from outside: as a process, over HTTP, and in its database file."""
