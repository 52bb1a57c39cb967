"""Both apps' servers in bad weather, the real program between them, and people who go on writing."""
