"""Figures as pages write them."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from django.utils import timezone

from obc.domain.core.kernel.money import written
from obc.reports.reading import Reading
from obc.reports.wording import NOT_MEASURABLE, shortest

FILTERS = ("anchor", "brief", "day", "figure", "interval", "moment", "money", "plain", "sibling", "valued")


class _Value(Protocol):
    """What an indicator value and a published one have in common."""

    value: Decimal | None
    lower_95: Any
    upper_95: Any


def money(amount_minor: int | None, currency: str = "GBP") -> str:
    """An amount; what is not known is said, not shown as nought."""
    return "not known" if amount_minor is None else written(amount_minor, currency)


def day(given: date) -> str:
    """A day as people write it."""
    return f"{given.day} {given:%B %Y}"


def moment(given: datetime) -> str:
    """A moment, in local time."""
    local = timezone.localtime(given)
    return f"{day(local.date())}, {local:%H:%M}"


def figure(count: Decimal | int | None) -> str:
    """A count; what is missing is said, not shown as nought."""
    if count is None:
        return "missing"
    whole = Decimal(count)
    return f"{int(whole):,}" if whole == whole.to_integral_value() else f"{whole:,.2f}"


def plain(number: Fraction) -> str:
    """A figure as somebody wrote it, with its thousands apart; what no decimals can write is written to the sixth."""
    return shortest(number, 6).replace("−", "-")  # a form must be able to take it back


def valued(one: _Value, reading: Reading) -> str:
    """A value with its unit, as documents write it."""
    return NOT_MEASURABLE if one.value is None else reading.figure(one.value)


def interval(one: _Value, reading: Reading) -> str:
    """The 95 % interval of a value."""
    if one.lower_95 is None or one.upper_95 is None:
        return "none"
    return f"{reading.bare(one.lower_95)} to {reading.bare(one.upper_95)}"


def anchor(text: object) -> str:
    """A place in a page, from words."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-") or "top"


def sibling(path: str, name: str) -> str:
    """The address of a file beside a page."""
    return f"{path.rstrip('/').rsplit('/', 1)[0]}/{name}"


def brief(content: object) -> str:
    """A part of a record in a few words."""
    text = "nothing" if content in (None, [], "") else content if isinstance(content, str) else json.dumps(content)
    return text if len(text) <= 80 else f"{text[:77]}…"
