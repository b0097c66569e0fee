"""Two cases side by side: which inputs differ, which figures moved, and what of the move each input explains."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.projection import OPTIONS, Projection, projected

_NAMED_BY = ("id", "driver", "line", "cluster", "segment", "group", "area")
_SHAPE = ("base_year", "years")
"""Inputs that change how long every list by year is: with them, everything changes at once."""


class InputChange(BaseModel):
    """An input that differs: where it stands in the file, and what it was and is. None: there was none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: str
    before: str | None
    after: str | None


class FigureChange(BaseModel):
    """A figure of the projection that moved (minor units)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    year: str
    before_minor: int | None
    after_minor: int | None


class Step(BaseModel):
    """What one part of the file, changed after those above it, does to each option's cost over the years."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: str
    moves_minor: tuple[tuple[str, int], ...]


class CaseDifference(BaseModel):
    """What moved and why. The steps of an option add up to the whole move of its total."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: tuple[InputChange, ...]
    figures: tuple[FigureChange, ...]
    steps: tuple[Step, ...]
    totals_minor: tuple[tuple[str, int, int], ...]


def difference(before: Finance, after: Finance) -> CaseDifference:
    """Compare two finance files: parts are changed one after the other, in the order in which a file has them."""
    old, new = projected(before), projected(after)
    return CaseDifference(
        inputs=tuple(_inputs(before, after)),
        figures=tuple(_figures(old, new)),
        steps=tuple(_steps(before, after)),
        totals_minor=tuple((name, _total(old, name), _total(new, name)) for name in OPTIONS),
    )


def _total(projection: Projection, option: str) -> int:
    return sum(projection.option(option)[1:])


def _inputs(before: Finance, after: Finance) -> Iterator[InputChange]:
    old, new = (dict(_leaves(one.model_dump(by_alias=True, mode="json"), ())) for one in (before, after))
    for where in [*old, *(place for place in new if place not in old)]:
        if old.get(where) != new.get(where):
            yield InputChange(where=" > ".join(where), before=old.get(where), after=new.get(where))


def _leaves(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*place, key))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _leaves(value, (*place, _called(value, i)))
    elif node is not None:
        yield place, str(node)


def _called(item: Any, i: int) -> str:
    if isinstance(item, dict):
        for key in _NAMED_BY:
            if key in item:
                return f"{key} {item[key]}" if key == "cluster" else str(item[key])
    return str(i + 1)


def _figures(old: Projection, new: Projection) -> Iterator[FigureChange]:
    years = sorted({*old.years, *new.years})
    for line in (name for name in Projection.model_fields if name != "years"):
        was, now = (dict(zip(one.years, getattr(one, line), strict=True)) for one in (old, new))
        for year in years:
            if was.get(year) != now.get(year):
                yield FigureChange(line=line, year=year, before_minor=was.get(year), after_minor=now.get(year))


def _steps(before: Finance, after: Finance) -> Iterator[Step]:
    changed = [name for name in Finance.model_fields if getattr(before, name) != getattr(after, name)]
    together = any(name in _SHAPE for name in changed)
    held, reached = before, {name: _total(projected(before), name) for name in OPTIONS}
    for names in [changed] if together else [[name] for name in changed]:
        held = held.model_copy(update={name: getattr(after, name) for name in names})
        now = {name: _total(projected(held), name) for name in OPTIONS}
        moves = tuple((name, now[name] - reached[name]) for name in OPTIONS)
        yield Step(part=", ".join(name.replace("_", " ") for name in names), moves_minor=moves)
        reached = now
