"""What is said to people who did not ask: how it is told, reminders, totals when all is in, who is lost."""
