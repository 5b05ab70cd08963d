"""Reminders, against a real mail server, a push service and an SMS gateway of our own that speak the protocols."""
