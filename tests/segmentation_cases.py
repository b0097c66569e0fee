"""Asks the reference and the engine the same, and answers only if they agree."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.segmentation.reference import dated_decisions, memberships
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.engine.segmentation.assign import assign
from record_tables import Tables, drawn, loaded, people_of

Decided = tuple[str, str, str, date, date]
"""person, status, rule, first and last day."""
Member = tuple[str, str, str | None, date, date]
"""person, segment, provider, first and last day."""

SOMEBODY = {"title": "a title", "source": "a source"}


def segmentation(
    scope: list[dict[str, Any]] | None = None, segments: list[dict[str, Any]] | None = None
) -> Segmentation:
    """A segmentation with the rules given, and what else it must have."""
    return Segmentation.model_validate(
        {
            "id": "some",
            "title": "Some segments",
            "why": "a reason",
            "source": "a source",
            "owner": "somebody",
            "review by": "2027-04-01",
            "scope": [{"reason": "a reason", **SOMEBODY, **rule} for rule in scope or ()],
            "segments": [{**SOMEBODY, **rule} for rule in segments or [{"id": "one"}]],
        }
    )


def when(fact: Mapping[str, Any]) -> Segmentation:
    """Those of whom the fact holds are in the segment `yes`, the others in `no`."""
    return segmentation(segments=[{"id": "yes", "when": fact}, {"id": "no"}])


def answers(
    segments: Segmentation, text: str | Tables, first: date, until: date, lists: Mapping[str, CodeList] | None = None
) -> tuple[list[Decided], list[Member]]:
    """Decisions and memberships from `first` to `until`, as reference and engine agree on them."""
    tables = drawn(text) if isinstance(text, str) else text
    lists = lists or {}
    decided: list[Decided] = []
    members: list[Member] = []
    for person, records in people_of(tables).items():
        runs: list[Decided] = []
        for dated in dated_decisions(segments, records, lists, first, until):
            now = (person, dated.decision.status, dated.decision.rule, dated.joined, dated.left_on)
            if runs and runs[-1][1:3] == now[1:3]:
                now = (*runs.pop()[:4], dated.left_on)
            runs.append(now)
        decided += runs
        found = memberships(segments, records, lists, first, until)
        members += [(person, m.segment, m.provider, m.joined, m.left_on or until) for m in found]
    connection = loaded(tables)
    assign(connection, segments, lists, until)
    by_engine = [
        connection.execute(
            f"SELECT person_id, {columns}, greatest(joined, ?), left_on FROM {table} WHERE left_on >= ? "
            "ORDER BY person_id, joined",
            [first, first],
        ).fetchall()
        for table, columns in (("scope_decisions", "status, rule"), ("memberships", "segment, provider"))
    ]
    assert by_engine == [sorted(decided, key=_turn), sorted(members, key=_turn)]
    return decided, members


def days_in(fact: Mapping[str, Any], text: str, first: str, until: str) -> list[tuple[str, str]]:
    """The runs of days on which a fact holds for the one person drawn."""
    _, members = answers(when(fact), text, date.fromisoformat(first), date.fromisoformat(until))
    runs: list[tuple[str, str]] = []
    for _, segment, _, joined, left_on in members:
        if segment == "yes":
            runs.append((joined.isoformat(), left_on.isoformat()))
    return runs


def _turn(row: tuple[Any, ...]) -> tuple[str, date]:
    return row[0], row[3]
