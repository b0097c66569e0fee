"""How good the records of a table are over some months: good rows of all rows that there should be."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from obc.domain.core.kernel.period import add_months
from obc.domain.measurement.data_quality.rules import Measure
from obc.domain.measurement.indicators.reach import Span
from obc.domain.measurement.indicators.values import ALL
from obc.domain.measurement.records.report import EVERYBODY, RecordsReport
from obc.domain.measurement.records.row_quality import RowQuality


class Held(NamedTuple):
    """So many good rows of so many. `silent`: rows among them that are not there and would usually be."""

    good: int
    of: int
    silent: int = 0

    @property
    def share(self) -> Fraction | None:
        """Good over all; None where there is no row to be judged."""
        return Fraction(self.good, self.of) if self.of else None


class RecordsQuality:
    """The quality of every table by provider and month, to be asked about any run of months.

    A provider's silence counts as so many missing rows as are usual in those months, where so long a silence is not
    likely to be chance.
    """

    def __init__(self, report: RecordsReport):
        self._rows: dict[tuple[str, str], dict[date | None, RowQuality]] = {}
        for row in report.quality:
            self._rows.setdefault((row.table, row.provider), {})[row.month] = row
        self._silent: dict[tuple[str, str], dict[date, int]] = {}
        for silence in report.silences:
            months = self._silent.setdefault((silence.table, silence.provider), {})
            if not silence.likely:
                months |= {add_months(silence.first_month, n): round(silence.usual) for n in range(silence.months)}
        self._providers: dict[str, list[str]] = {}
        for table, provider in self._rows:
            self._providers.setdefault(table, []).append(provider)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of which there are rows, in the order in which they were read."""
        return tuple(self._providers)

    def providers(self, table: str) -> tuple[str, ...]:
        """Who has rows in a table."""
        return tuple(self._providers.get(table, ()))

    def months(self, table: str, provider: str) -> tuple[date, ...]:
        """The months of a provider's rows and silences in a table, in order."""
        known = {*self._rows.get((table, provider), {}), *self._silent.get((table, provider), {})}
        return tuple(sorted(month for month in known if month is not None))

    def held(self, measure: Measure, table: str, provider: str, span: Span | None, needed: Sequence[str] = ()) -> Held:
        """Good rows of all in the months that the span touches; of a span of None, all rows of the table.

        `provider` is one, or `all`. One that has nothing in the table is judged by those who have: what others record
        of its people decides its figure. `needed` are columns that must be filled beside the required ones.
        """
        whose = self._whose(table, provider)
        rows = [row for name in whose for row in self._within(self._rows.get((table, name), {}), span)]
        if measure == "completeness":
            silent = sum(
                count
                for name in whose
                for month, count in self._silent.get((table, name), {}).items()
                if span is None or _first(span[0]) <= month <= span[1]
            )
            of = sum(row.rows for row in rows)
            return Held(_complete(rows, needed), of + silent, silent)
        if measure == "timeliness":
            sent = sum(row.sent for row in rows)
            return Held(sent - sum(row.late for row in rows), sent)
        bad = sum(row.invalid if measure == "validity" else row.inconsistent for row in rows)
        of = sum(row.rows for row in rows)
        return Held(of - bad, of)

    def _whose(self, table: str, provider: str) -> Sequence[str]:
        known = self._providers.get(table, [])
        if provider == ALL or EVERYBODY in known:
            return known
        return [provider] if provider in known else known

    def _within(self, rows: dict[date | None, RowQuality], span: Span | None) -> Iterable[RowQuality]:
        if span is None:
            return rows.values()
        first = _first(span[0])
        return (row for month, row in rows.items() if month is not None and first <= month <= span[1])


def _first(day: date) -> date:
    return day.replace(day=1)


def _complete(rows: Sequence[RowQuality], needed: Sequence[str]) -> int:
    """Rows with everything that is needed; of several columns the emptiest decides, since it is not known which rows
    they have in common."""
    counts = [sum(row.rows - row.unfilled for row in rows)]
    counts += [sum(dict(row.filled).get(column, row.rows) for row in rows) for column in needed]
    return min(counts)
