"""An amount of money in figures, the same way on every page, in every copy and in what is stored word for word."""

from __future__ import annotations

from flask_babel import format_decimal


def kroner(amount: int) -> str:
    """Whole kroner in the language at hand: «1 500», which no line breaks in two; «1,500» in English."""
    return str(format_decimal(amount))
