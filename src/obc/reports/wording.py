"""Wording: how figures read. Rounding happens here, for the eye only; nothing that is paid passes through."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from obc.domain.core.kernel.money import written
from obc.domain.core.kernel.period import Period

NOT_MEASURABLE = "not measurable"
"""What stands where the denominator is empty: never 0 % or 100 %."""

SUPPRESSED = "suppressed"
"""What stands where a count is too small to be shown: never 0."""

NOT_PUBLISHED = "not published"
"""What stands where a figure would let a reader work a small count out."""

Number = int | Decimal | Fraction


def rounded(number: Number, places: int) -> Decimal:
    """To `places` decimals, halves away from zero, as people round."""
    exact = Fraction(number)
    scaled = abs(exact) * 10**places
    whole = scaled.numerator * 2 // scaled.denominator
    size = Decimal((whole + 1) // 2).scaleb(-places)
    return -size if exact < 0 and size else size


def number(value: Number, places: int = 0) -> str:
    """1,234.5, with a true minus sign."""
    return f"{rounded(value, places):,.{places}f}".replace("-", "−")


def shortest(value: Number, places: int = 2) -> str:
    """At most `places` decimals, none that say nothing: 3.5, 20, 0.04."""
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Number, places: int = 1) -> str:
    """A share of one as 62.4%."""
    return f"{number(Fraction(share) * 100, places)}%"


def money(minor: int, currency: str) -> str:
    """£1,234.56: for tables, where the pence line up."""
    return written(minor, currency)


def money_in_words(minor: int, currency: str) -> str:
    """£1,234.56, but £1,234 where there are no pence: for sentences."""
    return written(minor, currency).removesuffix(".00")


def points(earned: Number) -> str:
    """3.5 points; 1 point."""
    text = shortest(earned)
    return f"{text} point" if text == "1" else f"{text} points"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """1 person, 2 people."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def day(when: date) -> str:
    """1 April 2027."""
    return f"{when.day} {when:%B %Y}"


def months(start: date, end: date) -> str:
    """April to June 2027; April 2027 to March 2028; whole months only, otherwise the days."""
    period = Period(start=start, end=end)
    if start.day != 1 or period.after.day != 1:
        return f"{day(start)} to {day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    return f"{start:%B}{'' if start.year == end.year else f' {start.year}'} to {end:%B %Y}"


def quarter(start: date, end: date) -> str:
    """Apr–Jun 27: for the axis of a chart."""
    return f"{start:%b}–{end:%b} {end:%y}"


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capital(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
