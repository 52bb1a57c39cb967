"""Intake, delivery, routing, settings: the rooms between the wires and the conversations."""
