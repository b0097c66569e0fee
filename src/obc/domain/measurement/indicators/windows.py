"""Windows: `between: [anchor + 9 months, anchor + 15 months]`, parsed once, when the definition is read."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from obc.domain.core.kernel.period import Duration, Period
from obc.domain.core.kernel.problem import wrong

Mark = Literal["anchor", "period start", "period end"]
"""From where a window is counted: the anchor's day, the first or the last day of the period."""

_POINT = re.compile(r"^\s*(anchor|period start|period end)\s*(?:([+-])\s*(.+))?$")


class Point(BaseModel):
    """A day relative to a mark."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mark: Mark = "anchor"
    offset: Duration = Duration()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `anchor + 9 months`. Raises with what to write instead."""
        found = _POINT.match(text)
        if not found:
            raise wrong(f"'{text}'", "write a point in time such as 'anchor', 'anchor + 9 months' or 'period end'")
        try:
            offset = Duration.parse(found[3]) if found[3] else Duration()
        except ValueError as error:
            raise wrong(f"'{text}'", str(error)) from None
        return cls.model_validate({"mark": found[1], "offset": -offset if found[2] == "-" else offset})

    def day(self, anchor: date, period: Period) -> date:
        """The day it stands for, given the anchor's day and the period."""
        mark = {"anchor": anchor, "period start": period.start, "period end": period.end}[self.mark]
        return self.offset.after(mark)

    def __str__(self) -> str:
        offset = self.offset
        if offset == Duration():
            return self.mark
        negative = min(offset.months, offset.days, offset.hours) < 0
        return f"{self.mark} {'-' if negative else '+'} {offset}"


def _point(given: Any) -> Any:
    return Point.parse(given) if isinstance(given, str) else given


def _of_days(point: Point) -> Point:
    if point.offset.hours:
        raise wrong(f"'{point}'", "this is a day: write days, months or years")
    return point


_Moment = Annotated[Point, BeforeValidator(_point), PlainSerializer(str)]

At = Annotated[Point, BeforeValidator(_point), AfterValidator(_of_days), PlainSerializer(str)]
"""A `Point` that is a day; a definition writes it as text."""


class Window(BaseModel):
    """From one point to another, both days included. Written as a list of two.

    With hours, both ends are moments counted from the anchor's: a row is in the window when it happened at or
    after the first and at or before the second. A row or an anchor without a time of day cannot be placed: a
    row that may or may not be in the window makes the answer unknown where it matters, and is never midnight.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: _Moment
    last: _Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = (self.first, self.last)
        if self.in_hours and any(p.mark != "anchor" or p.offset.months or p.offset.days for p in ends):
            raise wrong(f"[{self.first}, {self.last}]", "with hours, count both ends from the anchor and in hours")
        if self.first.mark == self.last.mark:
            first, last = (p.offset.months * 31 + p.offset.days + p.offset.hours / 24 for p in (self.first, self.last))
            if first > last:
                raise wrong(f"[{self.first}, {self.last}]", "write the earlier point first")
        return self

    @property
    def in_hours(self) -> bool:
        """Whether it is counted in moments rather than days."""
        return bool(self.first.offset.hours or self.last.offset.hours)

    def __str__(self) -> str:
        return f"from {self.first} to {self.last}"


def _window(given: Any) -> Any:
    if isinstance(given, (list, tuple)):
        if len(given) != 2:
            raise wrong(f"a list of {len(given)}", "write two points: [first, last]")
        return {"first": given[0], "last": given[1]}
    return given


def _pair(window: Window) -> list[str]:
    return [str(window.first), str(window.last)]


Between = Annotated[Window, BeforeValidator(_window), PlainSerializer(_pair)]
"""A `Window` that a definition writes as a list of two points."""
