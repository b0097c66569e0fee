"""The engines that must agree on what a definition means, and the definitions and records to try them on.

A spec draws records as text (see `record_tables`), writes the part of a definition that it is about, and says the
answer. The fixture `engine` runs it on the slow reference and on DuckDB. Where `memberships` are not drawn,
everybody is a member of the segment `s` all the time, under a provider of their own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.general_population import GeneralPopulation
from obc.domain.measurement.indicators.person import Membership, PersonRecords
from obc.domain.measurement.indicators.reference import measure_people
from obc.domain.measurement.indicators.tally import NOTHING, Tally, with_totals
from obc.domain.measurement.records.codes import CodeList
from obc.engine.indicators.measure import general_population, tally
from record_tables import Tables, drawn, loaded

QUARTER = Period(start=date(2026, 4, 1), end=date(2026, 6, 30))
"""The period of a spec that does not name one."""

Members = dict[str, tuple[Membership, ...]]
Totals = Mapping[tuple[str, str], Tally]


def definition(**parts: Any) -> IndicatorDefinition:
    """A definition with the parts given; the rest is a proportion of everybody at the end of the period."""
    whole = {
        "id": "asked",
        "title": "What is asked",
        "why": "To try it.",
        "measure": "proportion",
        "direction": "higher is better",
        "denominator": {"cohort": "period end"},
        "member on": "anchor",
        "source": "a spec",
        "owner": "somebody",
        "review by": "2027-04-01",
        **{name.replace("_", " "): part for name, part in parts.items()},
    }
    return IndicatorDefinition.model_validate({name: part for name, part in whole.items() if part is not None})


def rate(**parts: Any) -> IndicatorDefinition:
    """A rate over person-time with the parts given."""
    return definition(
        **{"measure": "rate", "denominator": {"person-time": "of members"}, "member on": None, "multiplier": 1, **parts}
    )


def code_lists(**lists: Iterable[str]) -> dict[str, CodeList]:
    """Code lists of bare codes; underscores of the names become hyphens."""
    return {
        name.replace("_", "-"): CodeList.model_validate(
            {"id": name.replace("_", "-"), "title": name, "source": "a spec", "codes": {code: code for code in codes}}
        )
        for name, codes in lists.items()
    }


def period(text: str) -> Period:
    """`2026-04-01 2026-06-30`."""
    start, end = text.split()
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end))


class Engine(ABC):
    """What a definition comes to, by one way of working it out."""

    @abstractmethod
    def totals(
        self,
        asked: IndicatorDefinition,
        tables: Tables,
        members: Members,
        periods: tuple[Period, ...],
        lists: Mapping[str, CodeList],
    ) -> list[Totals]:
        """The sums of each period by segment and provider, with totals."""

    def tallies(
        self,
        asked: IndicatorDefinition,
        text: str,
        periods: tuple[Period, ...] = (QUARTER,),
        lists: Mapping[str, CodeList] | None = None,
    ) -> list[Totals]:
        """The sums of each period for the records drawn."""
        tables, members = records(text)
        return self.totals(asked, tables, members, periods, lists or {})

    def answers(
        self,
        asked: IndicatorDefinition | Mapping[str, Any],
        text: str,
        when: str = "2026-04-01 2026-06-30",
        lists: Mapping[str, CodeList] | None = None,
    ) -> dict[str, str]:
        """The answer of each person who is counted: yes, no or unknown; of conditions, whether everybody meets them."""
        if not isinstance(asked, IndicatorDefinition):
            asked = definition(numerator=asked)
        (totals,) = self.tallies(asked, text, (period(when),), lists)
        people = records(text)[1]
        return {person: _answer(totals[("all", person)]) for person in people if ("all", person) in totals}

    def scores(
        self, asked: IndicatorDefinition, text: str, lists: Mapping[str, CodeList] | None = None
    ) -> dict[str, Decimal | None]:
        """The score of each person who is counted in a mean, None where it is unknown."""
        (totals,) = self.tallies(asked, text, lists=lists)
        return {
            person: None if totals[("all", person)].unknown else totals[("all", person)].numerator
            for person in records(text)[1]
            if totals.get(("all", person), NOTHING) != NOTHING
        }


class Reference(Engine):
    """The slow reference, person by person."""

    def totals(self, asked, tables, members, periods, lists):  # type: ignore[no-untyped-def]
        """As the domain says."""
        people = [PersonRecords(person, _of(tables, person), stays) for person, stays in members.items()]
        general = GeneralPopulation.of_rows(tables.get("population", ()), tables.get("population_deaths", ()))
        return [measure_people(asked, each, people, lists, general) for each in periods]


class DuckDb(Engine):
    """The compiled queries."""

    def totals(self, asked, tables, members, periods, lists):  # type: ignore[no-untyped-def]
        """As DuckDB finds."""
        with loaded(tables) as connection:
            load_memberships(connection, members)
            found = tally(connection, [asked], lists, periods, general_population(connection))
        return [with_totals(found.get((asked.id, each), {}).items()) for each in periods]


def load_memberships(connection: Any, members: Members) -> None:
    """The memberships as a table."""
    connection.execute(
        "CREATE TABLE memberships(person_id VARCHAR, segment VARCHAR, provider VARCHAR, joined DATE, left_on DATE)"
    )
    rows = [(person, m.segment, m.provider, m.joined, m.left_on) for person, stays in members.items() for m in stays]
    if rows:
        connection.executemany("INSERT INTO memberships VALUES (?, ?, ?, ?, ?)", rows)


def records(text: str) -> tuple[Tables, Members]:
    """The tables drawn, and the memberships: those drawn, else everybody's own."""
    ours, others, inside = [], [], False
    for line in text.splitlines():
        if name := line.partition("|")[0].strip():
            inside = name == "memberships"
        (ours if inside else others).append(line)
    tables = drawn("\n".join(others))
    people = sorted({row["person_id"] for rows in tables.values() for row in rows if row.get("person_id")})
    if not ours:
        return tables, {person: (Membership("s", person, date(1900, 1, 1)),) for person in people}
    members: Members = dict.fromkeys(people, ())
    for line in ours[1:]:
        if line.strip():
            person, segment, provider, joined, left_on = line.partition("|")[2].split()
            stay = Membership(
                segment,
                None if provider == "-" else provider,
                date.fromisoformat(joined),
                None if left_on == "-" else date.fromisoformat(left_on),
            )
            members[person] = (*members.get(person, ()), stay)
    return tables, members


def with_expected_rounded(totals: Totals) -> dict[tuple[str, str], Tally]:
    """Totals that can be compared: expected events are quotients, whose last digit goes with the order of summing."""
    return {
        key: tally if tally.expected is None else replace(tally, expected=round(tally.expected, 12))
        for key, tally in totals.items()
    }


def _of(tables: Tables, person: str) -> dict[str, tuple[dict[str, Any], ...]]:
    return {name: tuple(row for row in rows if row.get("person_id") == person) for name, rows in tables.items()}


def _answer(tally: Tally) -> str:
    assert tally.denominator == 1, f"{tally.denominator} units of one person: draw one"
    return "unknown" if tally.unknown else "yes" if tally.numerator else "no"


@pytest.fixture(params=[Reference, DuckDb], ids=["reference", "duckdb"], scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each way of working out what a definition comes to."""
    return request.param()
