"""The plan: which queries answer all definitions, periods, segments and providers together."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from sqlglot import exp

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import Events, IndicatorDefinition
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.tally import Cell, Tally
from obc.engine.indicators.buckets import Bucket
from obc.engine.indicators.cells import Cells, Place
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.groups import grouped
from obc.engine.indicators.person_time import EventCounts, ExpectedDeaths, PersonDays


class Question(Protocol):
    """One query, and how its rows are read."""

    name: str

    @property
    def width(self) -> int:
        """How many answers a person are kept at a time: what the memory goes with."""
        ...

    def query(self, bucket: Bucket) -> exp.Select:
        """The query, of one bucket of people."""
        ...

    def read(self, row: Sequence[Any]) -> Iterator[tuple[Place, Cell, Levels, Tally]]:
        """What a row adds, to which definition and period, in which cell and stratum."""
        ...


def plan(
    definitions: Sequence[IndicatorDefinition],
    periods: Sequence[Period],
    lists: CodeLists,
    population: GeneralPopulation | None = None,
) -> list[Question]:
    """The queries that answer everything: one a group of units, and for rates one a table and the person-time."""
    questions: list[Question] = []
    for group in grouped(definitions):
        if group.aged:
            questions += [Cells(group, [period], lists, first=k) for k, period in enumerate(periods)]
        else:
            questions.append(Cells(group, periods, lists))
    rates = [(place, definition) for place, definition in enumerate(definitions) if definition.events]
    if rates:
        questions.append(PersonDays(rates, periods))
    tables: dict[tuple[str, bool], list[tuple[int, IndicatorDefinition, Events]]] = {}
    for place, definition in rates:
        if events := definition.events:
            tables.setdefault((events.events, events.once), []).append((place, definition, events))
    questions += [EventCounts(table, found, periods, lists) for (table, _), found in tables.items()]
    if compared := [(place, definition) for place, definition in rates if definition.compared_with]:
        questions.append(ExpectedDeaths(compared, periods, population))
    return questions
