"""The rows of a logical table judged on Spark: the same faults, and the same rows set aside, as on one machine."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlglot import exp, parse_one

from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.reasons import INCONSISTENT, INVALID, MISSING, Reason
from obc.domain.measurement.records.tables import Table
from obc.engine.dialects.rendering import rendered
from obc.engine.records.faults import AFTER_DEATH, Fault, bits, fault, faults_of, of_a_person
from obc.engine.records.value_sql import row_faults


class Judged:
    """Queries over one table: `own`, its rows with the faults that each shows by itself, is the view they begin with.

    Rows of logical tables have neither sources nor times of sending: none is superseded, left out or late.
    """

    def __init__(self, table: Table, lists: Mapping[str, CodeList], known_on: date | None):
        self.table, self.lists, self.known_on = table, lists, known_on
        self.faults = faults_of(table)
        self.errors = bits(self.faults, "error")
        self.own, self.judged = f"own_{table.name}", f"judged_{table.name}"

    def own_rows(self, values: str, of: str) -> str:
        """The typed rows with the faults that each shows by itself."""
        found = [
            _bit(fault, _in_our_names(self.table, condition))
            for fault, condition in row_faults(self.faults, self.table, self.lists, self.known_on)
        ]
        return f"SELECT *, {' | '.join(['0', *found])} AS own_faults FROM (SELECT {values} FROM {of})"

    def doubled_keys(self) -> str:
        """The table's name, and how many keys more than one sound row has."""
        keys = _names(self.table.key)
        return (
            f"SELECT '{self.table.name}', count(*) FROM (SELECT 1 FROM {self.own} WHERE own_faults & {self.errors} = 0 "
            f"GROUP BY {keys} HAVING count(*) > 1)"
        )

    def rows(self, doubled: bool) -> str:
        """All rows with all faults. `doubled`: whether any key has more than one sound row."""
        joins, found = [], ["s.own_faults", *(["s.rivals"] if doubled else [])]
        for n, (column, parent) in enumerate(self.table.belongs_to):
            joins.append(f"LEFT JOIN {parent} AS p{n} ON p{n}.{column} = s.{column}")
            orphan = f"s.{column} IS NOT NULL AND p{n}.{column} IS NULL"
            found.append(_bit(fault(self.faults, "no such row", column), orphan))
            if parent == "people" and of_a_person(self.table):
                born = f"s.happened < p{n}.birth_date"
                found.append(_bit(fault(self.faults, "before birth"), born))
        if after := fault(self.faults, "after death"):
            joins.append("LEFT JOIN deaths AS d ON d.person_id = s.person_id")
            found.append(_bit(after, f"s.happened > date_add(d.happened, {AFTER_DEATH})"))
        rows = self._with_rivals() if doubled else self.own
        return f"SELECT s.*, {' | '.join(found)} AS faults FROM {rows} AS s {' '.join(joins)}"

    def accepted(self, clean: bool) -> str:
        """The rows without an error; `clean`: none has one, so that nothing needs to be looked up."""
        columns = _names(column.name for column in self.table.columns)
        if clean:
            return f"SELECT {columns} FROM {self.own}"
        return f"SELECT {columns} FROM {self.judged} WHERE faults & {self.errors} = 0"

    def summary(self) -> str:
        """By provider and month: rows, those with each kind of fault, each fault, each column filled, those accepted
        and the sums of both halves of their hashes."""
        table, good = self.table, f"faults & {self.errors} = 0"
        provider = "provider" if table.has("provider") else "CAST(NULL AS STRING)"
        month = "CAST(date_trunc('month', happened) AS DATE)" if table.has("happened") else "CAST(NULL AS DATE)"
        masks = [self._mask(reasons) for reasons in (MISSING, INVALID, INCONSISTENT)]
        masks += [fault.bit for fault in self.faults]
        counts = [f"count_if(faults & {mask} <> 0)" for mask in masks]
        counts += [f"count(`{column}`)" for column in self.optional]
        halves = [f"coalesce(sum(CASE WHEN {good} THEN {half} END), 0)" for half in _HALVES]
        hashed = f"SELECT *, md5({_row_text(table)}) AS digest FROM {self.judged}"
        return (
            f"SELECT {provider}, {month}, count(*), count_if({good}), {', '.join(halves)}, {', '.join(counts)} "
            f"FROM ({hashed}) GROUP BY ALL"
        )

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that need not be filled."""
        return tuple(column.name for column in self.table.columns if not column.required)

    def _mask(self, reasons: tuple[Reason, ...]) -> int:
        return sum(one.bit for one in self.faults if one.reason in reasons)

    def _with_rivals(self) -> str:
        """Of sound rows with one key, those that say the same stay but for copies; those that differ all go."""
        group = f"PARTITION BY sound, {_names(self.table.key)}"
        repeated, contradicted = fault(self.faults, "repeated"), fault(self.faults, "contradicted")
        assert repeated and contradicted, "every table can have them"
        return (
            f"(SELECT *, CASE WHEN NOT sound THEN 0 WHEN NOT same THEN {contradicted.bit} "
            f"WHEN copy > 1 THEN {repeated.bit} ELSE 0 END AS rivals FROM (SELECT *, "
            f"min(content) OVER ({group}) = max(content) OVER ({group}) AS same, "
            f"row_number() OVER ({group} ORDER BY content) AS copy FROM (SELECT *, "
            f"own_faults & {self.errors} = 0 AS sound, {_row_text(self.table)} AS content FROM {self.own})))"
        )


def _half(first: int) -> str:
    """Eight bytes of the digest as a number, the first of them the lowest."""
    reversed_bytes = ", ".join(f"substr(digest, {first + 14 - 2 * n}, 2)" for n in range(8))
    return f"CAST(conv(concat({reversed_bytes}), 16, 10) AS DECIMAL(20, 0))"


_HALVES = (_half(1), _half(17))
"""Those of the lower and of the upper half of a row's hash."""


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _bit(one: Fault | None, condition: str) -> str:
    return f"(CASE WHEN {condition} THEN {one.bit} ELSE 0 END)" if one else "0"


def _row_text(table: Table) -> str:
    """A logical row as one text, as `obc.engine.records.verdict.row_text` writes it."""
    parts = ", ".join(f"coalesce(CAST(`{column.name}` AS STRING), char(30))" for column in table.columns)
    return f"concat_ws(char(31), {parts})"


def _in_our_names(table: Table, condition: str) -> str:
    """A condition on the text and the value of columns, where what is typed well is its own text."""
    kept = {f"raw {column.name}" for column in table.columns if column.kind in ("date", "moment", "number")}

    def ours(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column):
            kind, _, name = node.name.partition(" ")
            if kind == "time" or node.name in kept:
                return exp.column(f"raw {name}", quoted=True)
            if kind == "raw":
                return exp.column(name, quoted=True)
        return node

    return rendered(parse_one(condition, read="duckdb").transform(ours), "spark")
