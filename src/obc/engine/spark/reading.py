"""Reading records on Spark: every logical table becomes a view of good rows, with the same report as on one machine."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from obc.domain.core.kernel.problem import Problem
from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import DATES
from obc.domain.measurement.records.report import EVERYBODY, OTHER, FaultCount, RecordsReport, TableCount, in_order
from obc.domain.measurement.records.row_quality import RowQuality
from obc.domain.measurement.records.tables import BY_NAME, TABLES, Table
from obc.engine.records.completeness import MOST_PROVIDERS, is_shown, silences_in
from obc.engine.records.messages import of_fault, of_silence
from obc.engine.spark.judged import Judged
from obc.engine.spark.ours import OurSpark
from obc.engine.spark.tables import TYPES, Found, typed

LOGICAL = "logical"
"""The mapping of tables that have our names already: the only one that Spark reads."""

Row = tuple[Any, ...]


class Reading:
    """One reading of all tables: parents before those that belong to them, each looked at once."""

    def __init__(self, ours: OurSpark, found: Found, lists: Mapping[str, CodeList], known_on: date | None):
        self.ours, self.found, self.lists, self.known_on = ours, found, lists, known_on
        self.rows: dict[str, list[Row]] = {}
        self.judged: dict[str, Judged] = {}

    def report(self, place: str) -> RecordsReport:
        """Make the views, and report what was found. `place` is what the records are called."""
        doubled = self._own_rows()
        for level in _levels():
            self._judge([table for table in level if table.name in self.judged], doubled)
        counts, faults, silences, quality, sums = [], [], [], [], {}
        for table in TABLES:
            rows = self.rows.get(table.name, [])
            sums[table.name] = [sum(int(row[n]) for row in rows) for n in (3, 4, 5)]
            if table.name not in self.judged:
                counts.append(TableCount(table=table.name, absent=True))
                continue
            counts.append(_count(table, rows))
            faults += _faults(self.judged[table.name], rows)
            silences += silences_in(table, _by_month(table, rows), self.known_on)
            quality += _quality(self.judged[table.name], rows)
        problems: list[Problem] = [*self.found.problems]
        problems += [of_fault(one, BY_NAME[one.table], DATES) for one in faults]
        problems += [of_silence(one, place) for one in silences if not one.likely]
        return RecordsReport(
            mapping=LOGICAL,
            records_hash=digest(sums),
            problems=in_order(problems),
            counts=tuple(counts),
            faults=tuple(faults),
            silences=tuple(silences),
            quality=tuple(quality),
        )

    def _own_rows(self) -> dict[str, bool]:
        """Each table with the faults that its rows show by themselves; whether keys are doubled."""
        asked = []
        for table in TABLES:
            frame = self.found.frames.get(table.name)
            if frame is None:
                columns = ", ".join(f"CAST(NULL AS {TYPES[one.kind]}) AS `{one.name}`" for one in table.columns)
                self.ours.view(table.name, f"SELECT {columns} WHERE FALSE")
                continue
            judged = self.judged[table.name] = Judged(table, self.lists, self.known_on)
            values = ", ".join(typed(table, frame))
            self.ours.view(judged.own, judged.own_rows(values, self.ours.shared(frame)))
            asked.append(judged.doubled_keys())
        return {name: keys > 0 for name, keys in self.ours.rows(" UNION ALL ".join(asked), "keys")}

    def _judge(self, tables: Sequence[Table], doubled: Mapping[str, bool]) -> None:
        """The tables of one level: judged, counted, and made views of their good rows."""
        asked = []
        for table in tables:
            judged = self.judged[table.name]
            self.ours.view(judged.judged, judged.rows(doubled[table.name]))
            asked.append((f"rows of {table.name}", judged.summary()))
        for table, rows in zip(tables, self.ours.all_rows(asked), strict=True):
            self.rows[table.name] = rows
            clean = all(row[2] == row[3] for row in rows)
            # rows that are set aside are found once, not in every query
            self.ours.view(table.name, self.judged[table.name].accepted(clean), kept=not clean)


def _levels() -> Iterator[list[Table]]:
    """The tables, those that others belong to before them. Deaths come before all that is looked up in them."""
    placed: set[str] = set()
    while len(placed) < len(TABLES):
        level = [
            table
            for table in TABLES
            if table.name not in placed and {parent for _, parent in table.belongs_to} <= placed
        ]
        if "deaths" not in placed and any(table.name == "deaths" for table in level):
            level = [BY_NAME["deaths"]]
        yield level
        placed |= {table.name for table in level}


def _count(table: Table, rows: Sequence[Row]) -> TableCount:
    read, accepted = (sum(row[n] for row in rows) for n in (2, 3))
    return TableCount(table=table.name, read=read, set_aside=read - accepted, accepted=accepted)


def _faults(judged: Judged, rows: Sequence[Row]) -> Iterator[FaultCount]:
    table = judged.table
    for n, fault in enumerate(judged.faults, start=9):
        if count := sum(row[n] for row in rows):
            yield FaultCount(
                table=table.name,
                file=table.name,
                reason=fault.reason,
                columns=fault.columns,
                called=fault.columns,
                severity=fault.severity,
                rows=count,
            )


def _quality(judged: Judged, rows: Sequence[Row]) -> list[RowQuality]:
    """Row quality, with the providers' codes that may be shown."""
    table = judged.table
    names = _names(table, rows, 2)
    if len({*names.values()}) > MOST_PROVIDERS:
        return []
    summed: dict[tuple[str, date | None], Counter[int]] = {}
    for provider, month, *counts in rows:
        summed.setdefault((names[provider], month), Counter()).update(dict(enumerate(counts)))
    filled = 7 + len(judged.faults)
    return [
        RowQuality(
            table.name,
            provider,
            month,
            *(counts[n] for n in (0, 4, 5, 6)),
            sent=0,
            late=0,
            filled=tuple((column, counts[n]) for n, column in enumerate(judged.optional, start=filled)),
        )
        for (provider, month), counts in summed.items()
    ]


def _by_month(table: Table, rows: Sequence[Row]) -> list[tuple[str, date, int]]:
    """The good rows of each provider that may be shown, by month."""
    if not (table.has("happened") and table.has("provider")):
        return []
    names = _names(table, rows, 3)
    return sorted((row[0], row[1], row[3]) for row in rows if row[3] and names[row[0]] != OTHER)


def _names(table: Table, rows: Sequence[Row], of: int) -> dict[str | None, str]:
    """How each provider may be called, by its number of rows in the column `of`."""
    if not table.has("provider"):
        return {None: EVERYBODY}
    totals: Counter[str | None] = Counter()
    for row in rows:
        totals[row[0]] += row[of]
    return {code: code if code is not None and is_shown(code, count) else OTHER for code, count in totals.items()}
