"""The rules of periodic figures, pure: no clock, no chat, no storage."""
