"""Curve: one value in, one value out, along points that the parties agreed."""

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import ONE, ZERO, Flags, Ratios, choose, greater, lesser
from obc.domain.outcomes.scoring.evidenced import Evidenced, select, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

Shape = Literal["step", "linear", "marginal"]


class Point(Written):
    """`[5000, 3.9 %]`: from 5,000 on, 3.9 %. On a marginal curve the second number is the band's rate."""

    at: Operand
    gives: Operand

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, given: Any) -> Any:
        if isinstance(given, list | tuple):
            if len(given) != 2:
                raise wrong(f"a point with {len(given)} numbers", "write two: [where, what it gives]")
            return {"at": given[0], "gives": given[1]}
        return given


class Curve(Step):
    """A value read off a curve, then kept within `at least` and `at most`.

    step: what the last point reached gives; 0 before the first, unless `below` says otherwise.
    linear: on the straight line between two points; the first point's value before it, the last one's after it.
        Two points at the same place are a jump: the later one holds there.
    marginal: the sum over bands of the part of the value in the band × the band's rate, as with income tax.
        `both ways` mirrors the bands for negative values.
    No shape: the value itself, so that only the limits bite (a cap, a floor, a collar).
    """

    curve: Operand
    shape: Shape | None = None
    points: tuple[Point, ...] = ()
    reached: Literal["at the point", "above the point"] = Field(
        default="at the point", description="whether a step is taken at its point or only beyond it"
    )
    below: Operand | None = Field(default=None, description="what holds before the first point; `missing`: nothing")
    both_ways: bool = False
    at_least: Operand | None = None
    at_most: Operand | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.shape is None) != (not self.points):
            raise wrong(
                "a shape without points" if self.shape else "points without a shape",
                "give both (shape: step, linear or marginal), or neither",
            )
        if self.shape is None and self.at_least is None and self.at_most is None:
            raise wrong("a curve that changes nothing", "give it points, or 'at least' or 'at most'")
        fixed = [point.at.fixed.history[-1].value for point in self.points if point.at.figure]
        if fixed != sorted(fixed):
            raise wrong("points out of order", "list them from the lowest to the highest")
        if self.shape != "linear" and len(set(fixed)) < len(fixed):
            raise wrong("two points at one place", "give one: nothing ever reads the first (a jump needs 'linear')")
        for i, point in enumerate(self.points):
            if "missing" in (point.at.name, point.gives.name):
                raise wrong(
                    "a curve with a hole", "give every point a number; only 'below' may be 'missing'", "points", i
                )
        return self

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        result = given = read(self.curve)
        points = [(read(point.at), read(point.gives)) for point in self.points]
        if self.shape:
            ways = {"step": stepped, "linear": joined, "marginal": banded}
            places, gifts = zip(*((at.values, gives.values) for at, gives in points), strict=True)
            size = abs(given.values) if self.both_ways else given.values
            values = ways[self.shape](size, places, gifts, self.reached == "above the point")
            if self.both_ways:
                values = choose(given.values < ZERO, -values, values)
            result = Evidenced(values, weakest(given, *(part for point in points for part in point)))
            if self.below:
                before = _before(size, places[0], self.reached == "above the point")
                outside = read(self.below)
                result = select(before, Evidenced(outside.values, weakest(given, outside)), result)
        for end, keep in ((self.at_least, greater), (self.at_most, lesser)):
            if end:
                limit = read(end)
                result = Evidenced(keep(result.values, limit.values), weakest(result, limit))
        return result

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        way = {
            None: "{}",
            "step": "the step that {} reaches",
            "linear": "read off the line at {}",
            "marginal": "{} by bands, each at its rate",
        }[self.shape].format(tell(self.curve))
        if self.at_least:
            way += f", at least {tell(self.at_least)}"
        return way + (f", at most {tell(self.at_most)}" if self.at_most else "")


def _before(value: Ratios, place: Ratios, above: bool) -> Flags:
    return value <= place if above else value < place


def stepped(value: Ratios, places: Sequence[Ratios], gifts: Sequence[Ratios], above: bool = False) -> Ratios:
    """What the last place reached gives, 0 before the first. `above`: a place is reached only beyond it."""
    result = ZERO
    for place, gift in zip(places, gifts, strict=True):
        result = choose(_before(value, place, above), result, gift)
    return result


def joined(value: Ratios, places: Sequence[Ratios], gifts: Sequence[Ratios], above: bool) -> Ratios:
    """On the line between the places on either side; flat before the first and after the last."""
    low, high, from_gift, to_gift = places[0], places[0] + ONE, gifts[0], gifts[0]
    ends = [*zip(places[1:], gifts[1:], strict=True), (None, None)]
    for place, gift, (next_place, next_gift) in zip(places, gifts, ends, strict=True):
        before = _before(value, place, above)
        low, from_gift = choose(before, low, place), choose(before, from_gift, gift)
        high = choose(before, high, place + ONE if next_place is None else next_place)
        to_gift = choose(before, to_gift, gift if next_gift is None else next_gift)
    return from_gift + (to_gift - from_gift) * (value - low) / (high - low)


def banded(value: Ratios, places: Sequence[Ratios], rates: Sequence[Ratios], above: bool) -> Ratios:
    """The part of the value in each band at the band's rate, added up. The last band has no end."""
    total = ZERO
    for place, rate, end in zip(places, rates, [*places[1:], None], strict=True):
        upto = value if end is None else lesser(value, end)
        total = total + greater(upto - place, ZERO) * rate
    return total
