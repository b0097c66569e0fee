"""From a file of the extract to the raw text of the logical columns: names, codes, look-ups, constants."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from obc.domain.measurement.records.codes import CodeList, Codes
from obc.domain.measurement.records.columns import (
    ColumnSource,
    Constant,
    FirstOf,
    FromColumn,
    Joined,
    LookUp,
    Pair,
    Single,
    Taken,
)
from obc.domain.measurement.records.mapping import DATES, FILLED, RecordMapping, Source
from obc.domain.measurement.records.tables import BY_NAME, Column, Table
from obc.engine.records.extract import FileColumn, OpenFile
from obc.engine.records.sql_text import name, text, texts


@dataclass(frozen=True)
class Raw:
    """A logical column as text, before it is read as a date or number; `dates` are the formats it may have."""

    sql: str
    dates: tuple[str, ...] = DATES
    time: str | None = None


@dataclass
class SourceSql:
    """Writes the SQL of one source over one file. Collects the joins, and what the file lacks."""

    mapping: RecordMapping
    lists: Mapping[str, CodeList]
    table: Table
    source: Source
    file: OpenFile
    lookups: Mapping[LookUp, str]
    """The SQL tables that answer the look-ups; one that is absent cannot be answered."""
    joins: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def raw(self, column: Column) -> Raw | None:
        """The text of a logical column; None where the mapping has nothing for it, or the file lacks it."""
        source = self.source.column(column.name)
        return None if source is None else self._any(source, column)

    def kept(self) -> str:
        """The condition under which the mapping wants a row."""
        conditions = []
        for keep in self.source.where:
            here = self.text_of(keep.column)
            if here is None:
                self.lacking.append(keep.column)
            elif keep.among == (FILLED,):
                conditions.append(f"{here} IS NOT NULL")
            else:
                conditions.append(f"coalesce({among(here, Codes.of(keep.among, self.lists))}, false)")
        return " AND ".join(conditions) or "true"

    def text_of(self, wanted: str) -> str | None:
        """A column of the file as text, without the words that stand for nothing."""
        column = self.file.column(wanted)
        if column is None:
            return None
        return self._something(column)

    def _something(self, column: FileColumn) -> str:
        if not self.mapping.nothing:
            return column.sql
        return f"CASE WHEN {column.sql} IN ({texts(self.mapping.nothing)}) THEN NULL ELSE {column.sql} END"

    def _any(self, source: ColumnSource, column: Column) -> Raw | None:
        if not isinstance(source, FirstOf):
            return self._single(source, column)
        before = len(self.lacking)
        parts = [raw for part in source.first_of if (raw := self._single(part, column))]
        if not parts:
            return None
        del self.lacking[before:]
        formats = tuple(dict.fromkeys(one for part in parts for one in part.dates))
        return Raw(f"coalesce({', '.join(part.sql for part in parts)}, NULL)", formats)

    def _single(self, source: Single, column: Column) -> Raw | None:
        own = self._formats()
        match source:
            case FromColumn():
                return self._from_column(source, column)
            case Constant():
                return Raw(text(source.constant))
            case Joined():
                parts = [self._needed(one) for one in source.joined]
                if None in parts:
                    return None
                return Raw(f"{text(source.prefix)} || " + " || '|' || ".join(map(str, parts)), own)
            case LookUp():
                return self._look_up(source, own)
            case Taken():
                return self._taken(source)

    def _formats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.mapping.dates, *DATES)))

    def _from_column(self, source: FromColumn, column: Column) -> Raw | None:
        found = self.file.column(source.column)
        sql = self._needed(source.column)
        if found is None or sql is None:
            return None
        if found.boolean and column.kind == "flag":
            sql = f"CASE {sql} WHEN 'true' THEN 'Y' WHEN 'false' THEN 'N' END"
        time = self._needed(source.time) if source.time else None
        if source.time and time is None:
            time = "NULL"
        return Raw(translated(sql, source.codes), DATES if found.iso else source.dates or self.mapping.dates, time)

    def _needed(self, wanted: str) -> str | None:
        sql = self.text_of(wanted)
        if sql is None:
            self.lacking.append(wanted)
        return sql

    def _look_up(self, source: LookUp, formats: tuple[str, ...]) -> Raw | None:
        table = self.lookups.get(source)
        here = [self._needed(pair.theirs) for pair in source.by]
        if table is None or None in here:
            return None
        alias = f"l{len(self.joins)}"
        on = " AND ".join(f"{sql} = {alias}.k{n}" for n, sql in enumerate(here))
        self.joins.append(f"LEFT JOIN {table} {alias} ON {on}")
        return Raw(translated(f"{alias}.value", source.codes), formats)

    def _taken(self, source: Taken) -> Raw | None:
        parent = BY_NAME[source.table]
        here = [self.raw(parent.column(key)) for key in parent.key]
        if None in here:
            return None
        alias = f"l{len(self.joins)}"
        on = " AND ".join(f"{raw.sql} = {alias}.{name(key)}" for key, raw in zip(parent.key, here, strict=True) if raw)
        self.joins.append(f"LEFT JOIN {name(source.table)} {alias} ON {on}")
        return Raw(f"CAST({alias}.{name(source.column)} AS VARCHAR)")


def translated(sql: str, codes: tuple[Pair, ...]) -> str:
    """Their codes as ours; a code that is not named stays as it is."""
    if not codes:
        return sql
    cases = " ".join(f"WHEN {text(one.theirs)} THEN {text(one.ours) if one.ours else 'NULL'}" for one in codes)
    return f"CASE {sql} {cases} ELSE {sql} END"


def among(sql: str, codes: Codes) -> str:
    """The condition that a text is one of the codes, or in one of their ranges of three-character categories.

    A category is a letter, a digit and one more.
    """
    parts = [f"{sql} IN ({texts(codes.single)})"] if codes.single else []
    parts += [
        f"({sql} SIMILAR TO '[A-Z][0-9][0-9A-Z].*' AND left({sql}, 3) BETWEEN {text(first)} AND {text(last)})"
        for first, last in codes.ranges
    ]
    return f"({' OR '.join(parts)})" if parts else "false"
