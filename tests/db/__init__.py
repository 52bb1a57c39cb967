"""What is remembered, and how surely."""
