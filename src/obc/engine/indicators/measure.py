"""Measuring: the plan carried out, bucket by bucket of people; its sums as indicator values and by stratum."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.estimates import estimates
from obc.domain.measurement.indicators.factors import Levels
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.needs import tables_of
from obc.domain.measurement.indicators.strata import ByStratum, Strata, stratum_counts
from obc.domain.measurement.indicators.tally import NOTHING, Cell, Tally
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.engine.dialects.rendering import rendered
from obc.engine.indicators.buckets import bucket, buckets_for, everybody, people_in
from obc.engine.indicators.filters import CodeLists
from obc.engine.indicators.masks import MOST_PERIODS
from obc.engine.indicators.plan import plan

Progress = Callable[[float, str], None]
"""Called with the share of the work that is done, and what comes next."""

Tallies = Mapping[tuple[str, Period], Mapping[Cell, Tally]]
"""The sums by indicator and period, and in these by segment and provider; no totals."""

Sums = Mapping[tuple[str, Period], ByStratum]
"""The sums by indicator and period, and in these by segment, provider and stratum; no totals."""


def measure(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    *,
    segments: Sequence[str] | None = None,
    providers: Sequence[str] | None = None,
    absent: Iterable[str] = (),
    evidence: Evidence = Evidence.PROVISIONAL,
    buckets: int | None = None,
    progress: Progress | None = None,
) -> tuple[IndicatorValue, ...]:
    """The values of all that `measure_sums` finds; see there and `values_of`."""
    lacking = frozenset(absent)
    sums = measure_sums(
        connection, definitions, code_lists, periods, absent=lacking, buckets=buckets, progress=progress
    )
    return values_of(
        sums, definitions, periods, segments=segments, providers=providers, absent=lacking, evidence=evidence
    )


def measure_sums(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    *,
    absent: frozenset[str] = frozenset(),
    buckets: int | None = None,
    progress: Progress | None = None,
) -> Sums:
    """One pass over the records: the sums of every indicator and period.

    The connection has one table for each logical table and `memberships(person_id, segment, provider, joined,
    left_on)`. Periods are any runs of days. `absent` names the tables that the extract does not have: what needs them
    has no sums.
    """
    possible = measurable(definitions, absent)
    population = compared_population(connection, possible, absent)
    return tally_strata(connection, possible, code_lists, periods, population, buckets=buckets, progress=progress)


def measurable(definitions: Sequence[IndicatorDefinition], absent: frozenset[str]) -> list[IndicatorDefinition]:
    """The definitions that need none of the absent tables."""
    return [definition for definition in definitions if not tables_of(definition) & absent]


def compared_population(
    connection: duckdb.DuckDBPyConnection, definitions: Sequence[IndicatorDefinition], absent: frozenset[str]
) -> GeneralPopulation | None:
    """The general population, where a definition is compared with it and the extract has it."""
    if any(definition.compared_with for definition in definitions) and not absent & {"population", "population_deaths"}:
        return general_population(connection)
    return None


def values_of(
    sums: Sums,
    definitions: Sequence[IndicatorDefinition],
    periods: Sequence[Period],
    *,
    segments: Sequence[str] | None = None,
    providers: Sequence[str] | None = None,
    absent: frozenset[str] = frozenset(),
    evidence: Evidence = Evidence.PROVISIONAL,
) -> tuple[IndicatorValue, ...]:
    """Every indicator in every period, by segment and provider, by each alone, and in all.

    `segments` and `providers` are those to report (all that are found, where not given); what belongs to others is in
    the totals. What needs a table that is `absent` is "missing". An empty denominator is "insufficient" and has no
    value.
    """
    found = {key: _cells(by_stratum) for key, by_stratum in sums.items()}
    cells = [cell for by_cell in found.values() for cell in by_cell]
    named_segments = sorted({segment for segment, _ in cells}) if segments is None else list(segments)
    named_providers = sorted({p for _, p in cells if p is not None}) if providers is None else list(providers)
    return tuple(
        value
        for definition in definitions
        for value in estimates(
            definition,
            [(period, found.get((definition.id, period), {})) for period in periods],
            named_segments,
            named_providers,
            Evidence.MISSING if tables_of(definition) & absent else evidence,
        )
    )


def strata_of(sums: Sums, definitions: Sequence[IndicatorDefinition], periods: Sequence[Period]) -> Strata:
    """The counts by stratum of the definitions that are adjusted."""
    adjusted = [definition for definition in definitions if definition.adjusted_by]
    counts = [
        count
        for definition in adjusted
        for count in stratum_counts(definition, [(period, sums.get((definition.id, period), {})) for period in periods])
    ]
    return Strata(counts=tuple(counts))


def tally(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    population: GeneralPopulation | None = None,
    *,
    buckets: int | None = None,
    progress: Progress | None = None,
) -> Tallies:
    """The sums of all definitions and periods by segment and provider."""
    sums = tally_strata(connection, definitions, code_lists, periods, population, buckets=buckets, progress=progress)
    return {key: _cells(found) for key, found in sums.items()}


def tally_strata(
    connection: duckdb.DuckDBPyConnection,
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    population: GeneralPopulation | None = None,
    *,
    buckets: int | None = None,
    progress: Progress | None = None,
) -> Sums:
    """The sums of all definitions and periods by segment, provider and stratum. Only sums cross buckets."""
    people = people_in(connection)
    chunks = [periods[start : start + MOST_PERIODS] for start in range(0, len(periods), MOST_PERIODS)]
    tasks = [
        (chunk, question, bucket(number, of))
        for chunk in chunks
        for question in plan(definitions, chunk, code_lists, population)
        for of in [buckets or buckets_for(people, question.width)]
        for number in range(of)
    ]
    sums: dict[tuple[str, Period], dict[tuple[Cell, Levels], Tally]] = {}
    with _at_ease(connection):
        for done, (chunk, question, whom) in enumerate(tasks):
            if progress:
                progress(done / len(tasks), question.name)
            query = question.query(whom).sql("duckdb")
            for row in connection.execute(query).fetchall():
                for (place, k), cell, levels, adds in question.read(row):
                    by_stratum = sums.setdefault((definitions[place].id, chunk[k]), {})
                    by_stratum[cell, levels] = by_stratum.get((cell, levels), NOTHING) + adds
    if progress:
        progress(1.0, "done")
    return sums


def _cells(by_stratum: ByStratum) -> dict[Cell, Tally]:
    """The sums of all strata together."""
    cells: dict[Cell, Tally] = {}
    for (cell, _), adds in by_stratum.items():
        cells[cell] = cells.get(cell, NOTHING) + adds
    return cells


def sql(
    definitions: Sequence[IndicatorDefinition],
    code_lists: CodeLists,
    periods: Sequence[Period],
    dialect: str = "duckdb",
) -> str:
    """The queries as an analyst can read and run them. Raises KeyError for a dialect that is none of `DIALECTS`."""
    return "\n\n".join(_statements(definitions, code_lists, periods, dialect)) + "\n"


def _statements(
    definitions: Sequence[IndicatorDefinition], lists: CodeLists, periods: Sequence[Period], dialect: str
) -> Iterator[str]:
    for start in range(0, len(periods), MOST_PERIODS):
        chunk = periods[start : start + MOST_PERIODS]
        for question in plan(definitions, chunk, lists):
            query = rendered(question.query(everybody), dialect, periods=len(chunk), pretty=True)
            yield f"-- {question.name}\n{query};"


@contextmanager
def _at_ease(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The settings under which DuckDB measures best; the caller's own are put back afterwards."""
    wanted = {
        "preserve_insertion_order": "false",
        # it takes seconds to look for partial sums in hundreds of columns, and finds none worth having
        "disabled_optimizers": "partial_aggregate_pushdown",
    }
    before = {name: connection.execute(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in wanted}
    try:
        for name, value in wanted.items():
            connection.execute(f"SET {name} = '{value}'")
        yield
    finally:
        for name, value in before.items():
            connection.execute(f"SET {name} = '{value}'")


def general_population(connection: duckdb.DuckDBPyConnection) -> GeneralPopulation:
    """The general population of the records."""
    return GeneralPopulation.of_rows(_rows(connection, "population"), _rows(connection, "population_deaths"))


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
