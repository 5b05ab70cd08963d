"""Reminders: who is told that there is news, how, when, and what is known of its having arrived (S6, U3)."""
