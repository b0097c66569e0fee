"""Groups: the definitions that share their units are answered by one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from obc.domain.measurement.indicators.conditions import Age, Alive, Change, Condition, Count, Latest, OpenOn, leaves
from obc.domain.measurement.indicators.definition import (
    CohortAnchor,
    EventAnchor,
    IndicatorDefinition,
    RowsAnchor,
    Score,
    TimeAnchor,
)
from obc.domain.measurement.indicators.windows import Point


@dataclass(frozen=True)
class Group:
    """Definitions with the same units and the same rule for the provider, and their places in what was asked."""

    members: tuple[tuple[int, IndicatorDefinition], ...]

    @property
    def first(self) -> IndicatorDefinition:
        """Any of them: what they share can be read from it."""
        return self.members[0][1]

    @property
    def expanded(self) -> bool:
        """Whether an anchor is one of a unit and a period, since the period decides which row or window it is."""
        event = self.first.denominator
        if not isinstance(event, EventAnchor):
            return False
        once_a_period = event.take == "each" and not event.rows_are(self.first.counts)
        return once_a_period or any(p.mark != "anchor" for _, definition in self.members for p in points(definition))

    @property
    def aged(self) -> bool:
        """Whether the periods need a query each: a cohort's ages are those of one day."""
        factors = self.first.adjusted_by or ()
        return isinstance(self.first.denominator, CohortAnchor) and any(factor.factor == "age" for factor in factors)

    @property
    def timed(self) -> bool:
        """Whether the anchor's time of day is asked for."""
        found = [leaf for _, definition in self.members for c in definition.conditions for leaf in leaves(c)]
        return any(isinstance(leaf, Count) and leaf.between.in_hours for leaf in found)


def grouped(definitions: Sequence[IndicatorDefinition]) -> tuple[Group, ...]:
    """The definitions in groups, in the order in which they come; rates and rows are not among them."""
    groups: dict[Any, list[tuple[int, IndicatorDefinition]]] = {}
    for place, definition in enumerate(definitions):
        if not isinstance(definition.denominator, TimeAnchor | RowsAnchor):
            groups.setdefault(_shared(definition), []).append((place, definition))
    return tuple(Group(tuple(members)) for members in groups.values())


def _shared(definition: IndicatorDefinition) -> Any:
    anchor = definition.denominator
    units = anchor.model_copy(update={"who": ()}) if isinstance(anchor, EventAnchor) else "cohort"
    cohort = anchor.cohort if isinstance(anchor, CohortAnchor) and definition.adjusted_by else None
    return units, definition.counts, definition.provider, definition.adjusted_by, cohort


def points(definition: IndicatorDefinition) -> list[Point]:
    """All points in time that the definition names."""
    found = [definition.member_on] if definition.member_on else []
    if isinstance(definition.value, Score):
        found += [definition.value.between.first, definition.value.between.last]
    for condition in definition.conditions:
        found += [point for leaf in leaves(condition) for point in _points_of(leaf)]
    return found


def _points_of(leaf: Condition) -> list[Point]:
    match leaf:
        case Latest() | Count():
            return [leaf.between.first, leaf.between.last]
        case Change():
            return [leaf.first.first, leaf.first.last, leaf.last.first, leaf.last.last]
        case Age():
            return [leaf.at]
        case Alive():
            return [leaf.alive]
        case OpenOn():
            return [leaf.on, *([leaf.since] if leaf.since else [])]
        case _:
            return []
