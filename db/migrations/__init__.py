"""How the tables came to be what they are: one numbered file a change, run in order."""
