"""Contract figures: numbers that people write down, each with its history and its source."""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, Ratios, choose, spelled


class Written(BaseModel):
    """A model that people write in YAML: its keys are words with spaces (`pays from`), and it never changes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.strip("_").replace("_", " "),
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


_YEAR = re.compile(r"(?:year\s+)?(\d{1,4})")


def _year(given: Any) -> Any:
    if isinstance(given, str):
        found = _YEAR.fullmatch(given.strip())
        if not found:
            raise wrong(f"'{given}'", "write a contract year, for example 'year 2', or a performance year, 2018")
        return int(found[1])
    return given


Year = Annotated[int, BeforeValidator(_year), Field(ge=0)]
"""The year a settlement is for: `year 2` of the contract, or the calendar year a scheme goes by."""


class Dated(Written):
    """One value in the history of a figure."""

    value: Exact
    from_: Year | None = Field(default=None, description="the first year it holds for; none: from the start")
    agreed: date | None = None
    source: str | None = None


class Figure(Written):
    """A contractual number: a value with its source, or several, each from a year on.

    Written as a number, as `{value: 9 %, source: …}`, or as a list of `{value, from, agreed, source}`. A year that
    the parties agree anew stands twice, the later agreement below with its date: that one holds, and the first is
    still there for whoever asks what was known at the time.
    """

    history: tuple[Dated, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if isinstance(given, list | tuple):
            return {"history": given}
        return {"history": [given if isinstance(given, dict) else {"value": given}]}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        years = [entry.from_ for entry in self.history]
        for before, after in pairwise(self.history):
            first, second = (-1 if entry.from_ is None else entry.from_ for entry in (before, after))
            if first == second and (after.agreed is None or (before.agreed or date.min) >= after.agreed):
                if before.agreed or after.agreed:
                    found = f"year {first} agreed {before.agreed or 'on no date'} and then {after.agreed or 'on none'}"
                    raise wrong(found, "give the later agreement of a year its date, and list it below the earlier one")
                raise wrong(f"a history with the years {years}", "list the values by year, each later than the last")
            if second < first:
                raise wrong(f"a history with the years {years}", "list the values by year, each later than the last")
        return self

    def known_on(self, day: date) -> "Figure | None":
        """The figure as it was agreed by the end of `day`; None where nothing was. No date: agreed from the start."""
        held = tuple(entry for entry in self.history if entry.agreed is None or entry.agreed <= day)
        if held == self.history:
            return self
        return self.model_copy(update={"history": held}) if held else None

    def __str__(self) -> str:
        return " then ".join(spelled(entry.value) for entry in self.history)

    def sourced(self) -> bool:
        """Whether every value says where it comes from."""
        return all(entry.source for entry in self.history)

    def at(self, years: npt.NDArray[np.int64]) -> tuple[Ratios, npt.NDArray[np.bool_]]:
        """The value in each of `years`, and whether there is one (not before the first year it holds for)."""
        held = Ratios.of([0]).stretched(len(years))
        known = np.zeros(len(years), dtype=np.bool_)
        for entry in self.history:
            begun = np.ones_like(known) if entry.from_ is None else years >= entry.from_
            held = choose(begun, Ratios.of([entry.value]).stretched(len(years)), held)
            known = known | begun
        return held, known


def _shortest(figure: Figure) -> Any:
    return [entry.model_dump(exclude_none=True) for entry in figure.history]


WrittenFigure = Annotated[Figure, PlainSerializer(_shortest)]
"""A `Figure` as a field: written back as its history."""
