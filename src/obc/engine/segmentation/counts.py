"""Where everybody is on a day, counted from the tables that `assign` made."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb

from obc.domain.measurement.segmentation.membership import EVERYBODY, RuleCount, SegmentCount, SegmentCounts
from obc.domain.measurement.segmentation.segmentation import Segmentation


def counts_on(connection: duckdb.DuckDBPyConnection, segmentation: Segmentation, day: date) -> SegmentCounts:
    """How many people each scope rule decides and each segment has on `day`.

    Needs the tables that `assign` made with the same segmentation, up to `day` or later.
    """
    return counted_by(lambda query: connection.execute(query).fetchall(), segmentation, day)


def counted_by(ask: Callable[[str], Sequence[tuple[Any, ...]]], segmentation: Segmentation, day: date) -> SegmentCounts:
    """The same, of whatever answers a query with rows."""
    people = ask("SELECT count(*) FROM people")[0][0]
    on_day = f"WHERE DATE '{day}' BETWEEN joined AND left_on"
    decided = dict(ask(f"SELECT rule, count(*) FROM scope_decisions {on_day} GROUP BY rule"))
    members = dict(ask(f"SELECT segment, count(*) FROM memberships {on_day} GROUP BY segment"))
    rules = [(rule.id, rule.status) for rule in segmentation.scope] or [(EVERYBODY, "in")]
    return SegmentCounts(
        day=day,
        people=people,
        not_alive=people - sum(decided.values()),
        rules=tuple(RuleCount(rule=rule, status=status, people=decided.get(rule, 0)) for rule, status in rules),
        segments=tuple(SegmentCount(segment=s.id, people=members.get(s.id, 0)) for s in segmentation.segments),
    )
