"""From raw text to dates, moments and numbers, and to the faults that a row shows by itself."""

from collections.abc import Mapping
from datetime import date

from obc.domain.measurement.records.codes import CodeList, Codes
from obc.domain.measurement.records.tables import Column, Table
from obc.engine.records.faults import Fault
from obc.engine.records.source_sql import Raw, among
from obc.engine.records.sql_text import name, text, texts

TYPES = {
    "id": "VARCHAR",
    "code": "VARCHAR",
    "flag": "VARCHAR",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "number": "DECIMAL(18, 4)",
}
"""The type of each kind of column. Numbers keep four decimals, so that sums of pence stay exact."""

_NUMBER = r"-?(0|[1-9][0-9]{0,13})(\.[0-9]{1,4}0*)?"
_ZONE = r"(:\d\d(?:\.\d+)?)\s*(?:Z|[+-]\d\d:?\d\d)$"
_TIME = r"^(?:\d{4}-\d\d-\d\d[ T])?([0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d+)?$"
_HIDDEN = (("[0-9]", "9"), ("[[:upper:]]", "A"), ("[[:lower:]]", "a"))
EARLIEST = date(1850, 1, 1)
"""Nobody in the records was born before; an earlier date is a slip of the pen, such as the year 0205."""


def shape(sql: str) -> str:
    """A text with its letters and digits hidden: 9 for a digit, A or a for a letter. Tells a format, no detail."""
    hidden = f"left({sql}, 24)"
    for letters, stand_in in _HIDDEN:
        hidden = f"regexp_replace({hidden}, '{letters}', '{stand_in}', 'g')"
    return hidden


def value(column: Column, raw: Raw) -> str:
    """The typed value of a column; NULL where the text cannot be read as one."""
    match column.kind:
        case "date":
            return f"CAST({_moment(raw.sql, raw.dates)} AS DATE)"
        case "moment" if raw.time:
            clock = f"TRY_CAST(nullif(regexp_extract({raw.time}, {text(_TIME)}, 1), '') AS TIME)"
            return f"CAST({_moment(raw.sql, raw.dates)} AS DATE) + {clock}"
        case "moment":
            return f"CASE WHEN contains({raw.sql}, ':') THEN {_moment(raw.sql, raw.dates)} END"
        case "number":
            return f"CASE WHEN regexp_full_match({raw.sql}, {text(_NUMBER)}) THEN CAST({raw.sql} AS DECIMAL(18, 4)) END"
    return raw.sql


def _moment(sql: str, formats: tuple[str, ...]) -> str:
    """A date or moment in the first format that fits, as it was on the clock of the place: zones are dropped."""
    plain = f"CASE WHEN contains({sql}, ':') THEN regexp_replace({sql}, {text(_ZONE)}, '\\1') ELSE {sql} END"
    parsed = f"try_strptime({plain}, [{texts(formats)}])"
    return f"CASE WHEN {parsed} >= DATE '{EARLIEST}' THEN {parsed} END"


def clock_text(raw: Raw) -> str:
    """The text that holds the time of a moment, NULL where no time is written: there is then no moment."""
    return raw.time or f"CASE WHEN contains({raw.sql}, ':') THEN {raw.sql} END"


def row_faults(
    faults: tuple[Fault, ...], table: Table, lists: Mapping[str, CodeList], known_on: date | None
) -> list[tuple[Fault, str]]:
    """Each fault that a row shows by itself, with its condition.

    The condition speaks of the text of a column as `raw NAME`, of the text of a time as `time NAME`, and of the
    value as `NAME`.
    """
    conditions = []
    for fault in faults:
        first = fault.columns[0]
        raw, typed = name(f"raw {first}"), name(first)
        match fault.reason:
            case "missing value":
                condition = f"{raw} IS NULL"
            case "unreadable value":
                written = name(f"time {first}") if table.column(first).kind == "moment" else raw
                condition = f"{written} IS NOT NULL AND {typed} IS NULL"
            case "unknown code":
                condition = f"{raw} IS NOT NULL AND NOT {_listed(table.column(first), raw, lists)}"
            case "wrong order":
                condition = f"{typed} > {name(fault.columns[1])}"
            case "in the future" if known_on:
                condition = f"{typed} > DATE '{known_on}'"
            case _:
                continue
        conditions.append((fault, condition))
    return conditions


def _listed(column: Column, raw: str, lists: Mapping[str, CodeList]) -> str:
    codes = Codes(single=("N", "Y")) if column.kind == "flag" else Codes.of((str(column.codes),), lists)
    return among(raw, codes)
