"""Money: integers of the minor unit, and splits that lose no penny."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from pydantic import Field

Minor = Annotated[int, Field(description="an amount in the minor unit of the contract's currency: pence, cents")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217")]

_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def split(amount: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Share `amount` (minor units) out by `weights`; the parts add up to it exactly.

    Each gets the whole units of its exact share; those left over go, one each, to the largest remainders,
    earlier ones first among equals (largest-remainder method, Hamilton 1792). A negative amount is split as
    its opposite. Raises ValueError when a weight is negative or all are zero.
    """
    if any(w < 0 for w in weights) or not sum(weights):
        raise ValueError("weights must not be negative and must not all be zero")
    sign, amount, total = (-1 if amount < 0 else 1), abs(amount), sum(weights)
    exact = [Fraction(amount) * w / total for w in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return tuple(sign * part for part in parts)


def written(amount: int, currency: str) -> str:
    """The amount as people read it: £1,234.56, −£0.05."""
    whole, minor = divmod(abs(amount), 100)
    sign = _SIGNS.get(currency, currency + " ")
    return f"{'−' if amount < 0 else ''}{sign}{whole:,}.{minor:02d}"
