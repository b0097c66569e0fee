"""Many cases in one: a warehouse takes as long for one person as for a thousand, so all of them are asked together.

Every person, segment and definition gets the number of its case before its name; what comes back is taken apart
again. The records of all cases stand in one set of tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from case_recorder import IndicatorCase, SegmentationCase
from indicator_engines import load_memberships
from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.person import Membership
from obc.domain.measurement.indicators.tally import Tally, with_totals
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.tables import TABLES
from obc.domain.measurement.segmentation.facts import Recorded
from obc.domain.measurement.segmentation.segmentation import ScopeRule, Segmentation, SegmentRule
from obc.engine.indicators.elsewhere import Ask, sums_elsewhere
from obc.engine.spark.ours import OurSpark
from record_tables import Row, Tables, loaded

Found = list[dict[tuple[str, str], Tally]]
"""For each period the sums by segment and provider, with totals."""


@dataclass
class Batch:
    """Definitions that are asked in one go: of one set of periods, code lists and general population."""

    periods: tuple[Period, ...]
    population: GeneralPopulation | None
    lists: dict[str, CodeList] = field(default_factory=dict)
    definitions: dict[str, IndicatorDefinition] = field(default_factory=dict)
    cases: dict[int, str] = field(default_factory=dict)
    """the id under which each case's definition is asked"""

    def takes(self, case: IndicatorCase, population: GeneralPopulation | None) -> bool:
        """Whether the case can be asked along with the others."""
        same_lists = all(self.lists.get(name, one) == one for name, one in case.lists.items())
        return self.periods == case.periods and self.population == population and same_lists

    def add(self, number: int, case: IndicatorCase) -> None:
        """Ask the case along; a definition that another case has is asked once."""
        self.lists |= case.lists
        same = [
            name for name, one in self.definitions.items() if one.model_copy(update={"id": case.asked.id}) == case.asked
        ]
        name = same[0] if same else f"case-{number}"
        self.definitions[name] = case.asked.model_copy(update={"id": name})
        self.cases[number] = name


def batches_of(cases: Sequence[IndicatorCase]) -> list[Batch]:
    """The cases in as few batches as there can be."""
    batches: list[Batch] = []
    for number, case in enumerate(cases):
        general = None
        if case.asked.compared_with:
            general = GeneralPopulation.of_rows(*(case.tables.get(name, ()) for name in _GENERAL))
        batch = next((one for one in batches if one.takes(case, general)), None)
        if batch is None:
            batches.append(batch := Batch(case.periods, general))
        batch.add(number, case)
    return batches


def asked_together(cases: Sequence[IndicatorCase], ask: Ask, dialect: str) -> list[Found]:
    """What an engine finds in each case; its records must be there."""
    with ThreadPoolExecutor(2) as threads:
        parts = threads.map(lambda one: list(_asked(ask, dialect, one)), batches_of(cases))
        found = dict(pair for pairs in parts for pair in pairs)
    return [found[number] for number in range(len(cases))]


def on_spark(ours: OurSpark, cases: Sequence[IndicatorCase], folder: Path) -> list[Found]:
    """What Spark finds in each case."""
    with all_records(cases) as connection:
        _as_views(ours, connection, folder)
    return asked_together(cases, ours.all_rows, "spark")


_GENERAL = ("population", "population_deaths")


def _asked(ask: Ask, dialect: str, batch: Batch) -> Iterator[tuple[int, Found]]:
    sums = sums_elsewhere(ask, dialect, [*batch.definitions.values()], batch.lists, batch.periods, batch.population)
    for number, name in batch.cases.items():
        found: Found = []
        for period in batch.periods:
            ours_of_case = [
                ((segment.removeprefix(_mark(number)), provider), tally)
                for ((segment, provider), _), tally in sums.get((name, period), {}).items()
                if segment.startswith(_mark(number))
            ]
            found.append(dict(with_totals(ours_of_case)))
        yield number, found


def together(cases: Sequence[SegmentationCase]) -> tuple[Segmentation, dict[str, CodeList], dict[int, Tables]]:
    """One segmentation that asks of the people of each case what the case asks, and their records.

    Everybody has a row in `roles` that says of which case they are; no case asks for roles itself.
    """
    scope: list[ScopeRule] = []
    segments: list[SegmentRule] = []
    lists: dict[str, CodeList] = {}
    tables: dict[int, Tables] = {}
    for number, case in enumerate(cases):
        own = Recorded.model_validate({"recorded": "roles", "where": {"role": f"case-{number}"}})
        everybody = ScopeRule(id="everybody", title="all", source="none", status="in", reason="no rules")
        for rules, given in ((scope, case.asked.scope or (everybody,)), (segments, case.asked.segments)):
            rules += [one.model_copy(update={"id": f"c{number}-{one.id}", "when": (own, *one.when)}) for one in given]
        assert all(lists.get(name, one) == one for name, one in case.lists.items()), "two lists of one name"
        lists |= case.lists
        people = [row["person_id"] for row in case.tables["people"]]
        assert "roles" not in case.tables
        tables[number] = {**case.tables, "roles": [_role(person, number) for person in people]}
    rest = {"id": "rest", "title": "all", "source": "none"}
    asked = cases[0].asked.model_copy(
        update={
            "scope": (*scope, ScopeRule(**rest, status="out", reason="of no case")),
            "segments": (*segments, SegmentRule(**rest)),
        }
    )
    return asked, lists, tables


def all_records(cases: Sequence[IndicatorCase]) -> duckdb.DuckDBPyConnection:
    """The records and memberships of all cases in one database."""
    return _all(dict(enumerate(case.tables for case in cases)), dict(enumerate(case.members for case in cases)))


def load_cases(ours: OurSpark, tables: Mapping[int, Tables], folder: Path) -> None:
    """The records of all cases as views."""
    with _all(tables, {}) as connection:
        _as_views(ours, connection, folder)


def taken_apart(rows: Iterable[tuple[Any, ...]], first: date) -> dict[int, list[tuple[Any, ...]]]:
    """Runs of days from `first` on, by the number of the case, in the names that the case has for them."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *names, joined, left_on in rows:
        number, _, own = person.partition("~")
        if left_on >= first:
            plain = [name.removeprefix(f"c{number}-") if name else name for name in names]
            found.setdefault(int(number), []).append((own, *plain, max(joined, first), left_on))
    return {number: sorted(runs, key=lambda run: (run[0], run[3])) for number, runs in found.items()}


def _role(person: str, number: int) -> Row:
    return {
        "person_id": person,
        "provider": "P0",
        "happened": date(1850, 1, 1),
        "role": f"case-{number}",
        "holds": "Y",
    }


def _all(
    tables: Mapping[int, Tables], members: Mapping[int, Mapping[str, Sequence[Membership]]]
) -> duckdb.DuckDBPyConnection:
    whole: dict[str, list[Row]] = {}
    for number, of_case in tables.items():
        for name, rows in of_case.items():
            if name not in _GENERAL:
                own = [{**row, "person_id": f"{number}~{row['person_id']}"} for row in rows]
                whole.setdefault(name, []).extend(own)
    stays = {
        f"{number}~{person}": tuple(
            Membership(f"{_mark(number)}{one.segment}", one.provider, one.joined, one.left_on) for one in its
        )
        for number, of_case in members.items()
        for person, its in of_case.items()
    }
    connection = loaded(whole)
    load_memberships(connection, stays)
    return connection


def _as_views(ours: OurSpark, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name in [*(table.name for table in TABLES), "memberships"]:
        path = folder / f"{name}.parquet"
        connection.execute(f"COPY {name} TO '{path}' (FORMAT parquet)")
        ours.session.read.parquet(str(path)).persist().createOrReplaceTempView(name)


def _mark(number: int) -> str:
    return f"{number}~"
