"""What is wrong with records, said so that the sender can mend it."""

from obc.domain.core.kernel.problem import Problem, Severity
from obc.domain.measurement.records.reasons import Reason
from obc.domain.measurement.records.report import FaultCount, Late, Silence
from obc.domain.measurement.records.tables import Column, Table
from obc.engine.records.faults import AFTER_DEATH

_FOUND = {
    "malformed line": "too many or too few columns, or a stray quotation mark",
    "missing value": "no {columns}",
    "unreadable value": "{columns} as {codes}{why}",
    "unknown code": "the code {codes}",
    "wrong order": "{first} after {last}",
    "in the future": "a date in the future",
    "before birth": "a date before the person was born",
    "after death": f"a date more than {AFTER_DEATH} days after the person died",
    "no such row": "a {columns} that is not among the accepted {parent}",
    "repeated": "the same row again",
    "contradicted": "the same {columns} in another row that says something else",
}
_PARTS = {"%Y": "9999", "%y": "99", "%m": "99", "%d": "99", "%H": "99", "%M": "99", "%S": "99", "%b": "Aaa"}
_WRITTEN = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "hh", "%M": "mm", "%S": "ss", "%b": "Mon"}


def of_fault(count: FaultCount, table: Table, formats: tuple[str, ...]) -> Problem:
    """The message for one kind of fault in one file. `formats` are those in which dates are expected."""
    names = count.called or count.columns
    first, last = (names[0], names[-1]) if names else ("", "")
    real = {_replaced(one, _PARTS) for one in formats}
    why = ", which is no day of the calendar" if count.codes and set(count.codes) <= real else ""
    parents = dict(table.belongs_to)
    found = _FOUND[count.reason].format(
        columns=", ".join(names),
        first=first,
        last=last,
        codes=", ".join(count.codes),
        why=why,
        parent=parents[count.columns[0]] if count.reason == "no such row" else "",
    )
    return Problem(
        file=count.file,
        line=count.lines[0] if count.file.lower().endswith(".csv") and count.lines else None,
        where=".".join((count.table, *count.columns[:1])),
        found=f"{found} ({_how_often(count)})",
        expected=cure(count.reason, table.column(count.columns[0]) if count.columns else None, count.severity, formats),
        severity=count.severity,
    )


def _how_often(count: FaultCount) -> str:
    rows = "1 row" if count.rows == 1 else f"{count.rows} rows"
    csv = count.file.lower().endswith(".csv")
    others = count.lines[1:] if csv else count.lines
    if not others:
        return rows
    more = ", …" if count.rows > len(count.lines) else ""
    word = "line" if csv else "row"
    return f"{rows}; {'also ' if csv else ''}{word}{'s' if len(others) > 1 else ''} {', '.join(map(str, others))}{more}"


def cure(reason: Reason, column: Column | None, severity: Severity, formats: tuple[str, ...]) -> str:
    """What to do about a fault, in the column in which it is; `formats` are those in which dates are expected."""
    match reason:
        case "malformed line":
            return "give every line as many columns as the header, and quote what holds a comma"
        case "missing value":
            return "fill it in: a row without it cannot be used"
        case "unreadable value" if column and column.kind == "number":
            return "write a plain number, such as 12 or 12.5: no leading zero, at most four decimals"
        case "unreadable value" if column and column.kind == "moment":
            return "write the time as 14:05 or 14:05:00; the moment stays empty"
        case "unreadable value":
            return f"write a day of the calendar as {_replaced(formats[0], _WRITTEN)}"
        case "unknown code" if column and column.kind == "flag":
            return "write Y or N, or say in the mapping which codes mean them"
        case "unknown code" if column:
            kept = "; the code is kept as it is" if severity == "warning" else ""
            return f"use the codes of the list '{column.codes}', or translate them in the mapping{kept}"
        case "after death":
            return "check the date of death; the rows are kept"
        case "no such row":
            return "send the row that it belongs to, or mend that row's own fault"
        case "repeated":
            return "send each row once; the first is kept"
        case "contradicted":
            return "say which is right; none of them is used"
    return "check the dates"


def _replaced(given: str, parts: dict[str, str]) -> str:
    for part, stand_in in parts.items():
        given = given.replace(part, stand_in)
    return given


def of_silence(one: Silence, folder: str) -> Problem:
    """The message for a provider that stopped recording."""
    months = "1 month" if one.months == 1 else f"{one.months} months"
    return Problem(
        file=folder,
        where=one.table,
        found=f"nothing of {one.provider} for {months} from {one.first_month:%B %Y}, "
        f"where {one.usual} rows a month are usual",
        expected="ask the provider for these months",
        severity="warning",
    )


def of_late(one: Late, folder: str, after: int) -> Problem:
    """The message for rows that were sent late."""
    return Problem(
        file=folder,
        where=one.table,
        found=f"{one.late} of {one.rows} rows of {one.provider} sent more than {after} days after they happened",
        expected="treat figures of recent periods as provisional",
        severity="warning",
    )
