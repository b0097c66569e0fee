"""Reading published values: a CSV file and the mapping of its columns, every problem reported at once."""

import csv
import io
from fractions import Fraction
from pathlib import Path

from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.provenance import digest
from obc.domain.core.kernel.rate import exact
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.published import PublishedMapping, PublishedValues
from obc.domain.money.payment.rounding import PENNY
from obc.domain.outcomes.scoring.evidenced import Evidenced

MOST_SHOWN = 20
"""Problems of rows that are shown; the rest is counted."""


def read_published(path: Path, mapping: PublishedMapping, mechanism: Mechanism) -> PublishedValues:
    """The rows of a published file as inputs of the mechanism.

    An empty cell, or one of the texts that the mapping names, is a missing value, never zero. Raises `Problems` with
    everything that is wrong: a file that is absent, empty or not text, missing columns, figures that are no numbers,
    a party and year that stand twice.
    """
    file, raw = path.name, _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(file, "the file", "bytes that are not UTF-8", "save the file as CSV in UTF-8") from None
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise refusal(
            file, "the file", f"a file that is no CSV ({error})", "save the file as CSV, comma separated"
        ) from None
    if len(lines) < 2:
        raise refusal(file, "the file", "no rows", "give a header line and a row for each party and year")
    columns = {item.input: item.column for item in mapping.columns}
    wanted = [mapping.party, mapping.year, *columns.values(), *([mapping.compare.column] if mapping.compare else [])]
    header = lines[0][1]
    absent = [name for name in dict.fromkeys(wanted) if name not in header]
    if absent:
        raise Problems(
            tuple(_problem(file, 1, name, "no such column", "add it, or mend values.yaml") for name in absent)
        )
    return _Rows(file, header, lines[1:], mapping, mechanism).values(digest(raw))


class _Rows:
    """The rows of one file, and what is wrong with them."""

    def __init__(
        self,
        file: str,
        header: list[str],
        rows: list[tuple[int, list[str]]],
        mapping: PublishedMapping,
        mechanism: Mechanism,
    ):
        self.file, self.mapping = file, mapping
        self.place = {name: i for i, name in enumerate(header)}
        self.problems: list[Problem] = []
        self.rows = []
        for number, row in rows:
            if len(row) == len(header):
                self.rows.append((number, row))
            elif row:
                found = f"{len(row)} cells"
                self.problems.append(_problem(file, number, "the row", found, f"give it {len(header)}, as the header"))
        self.money = {item.input for item in mechanism.inputs if item.unit == "money"}

    def values(self, file_hash: str) -> PublishedValues:
        parties, years = self._keys()
        inputs = {item.input: self._column(item.column, item.input in self.money) for item in self.mapping.columns}
        paid = self._column(self.mapping.compare.column, True) if self.mapping.compare else None
        if self.problems:
            self.problems.sort(key=lambda problem: problem.line or 0)
            shown, more = self.problems[:MOST_SHOWN], len(self.problems) - MOST_SHOWN
            if more > 0:
                shown.append(_problem(self.file, None, "the file", f"{more} more problems", "mend these first"))
            raise Problems(tuple(shown))
        return PublishedValues(parties, years, inputs, paid, file_hash)

    def _keys(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        seen: dict[tuple[str, int], int] = {}
        for number, row in self.rows:
            party, year = (row[self.place[name]].strip() for name in (self.mapping.party, self.mapping.year))
            if not party:
                self._add(number, self.mapping.party, "nothing", "name the party of the row")
            elif not year.isdecimal():
                self._add(number, self.mapping.year, f"'{year}'", "write the year as a number, such as 2018")
            elif (party, int(year)) in seen:
                first = seen[party, int(year)]
                self._add(
                    number, self.mapping.party, f"'{party}' in {year} again", f"it stands in line {first} already"
                )
            else:
                seen[party, int(year)] = number
        return tuple(party for party, _ in seen), tuple(year for _, year in seen)

    def _column(self, name: str, money: bool) -> Evidenced:
        scale = 10**PENNY if money and self.mapping.amounts_in == "minor units" else 1
        numbers: list[Fraction | None] = []
        for number, row in self.rows:
            cell = row[self.place[name]].strip()
            try:
                numbers.append(exact(cell) / scale if cell and cell not in self.mapping.no_value else None)
            except ValueError:
                self._add(number, name, f"'{cell}'", "write a number, or nothing where there is none")
        return Evidenced.of(numbers)

    def _add(self, line: int, where: str, found: str, expected: str) -> None:
        self.problems.append(_problem(self.file, line, where, found, expected))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(path.name, "the file", error.strerror or "no file", "give the path of the CSV file") from None


def _problem(file: str, line: int | None, where: str, found: str, expected: str) -> Problem:
    return Problem(file=file, line=line, where=where, found=found, expected=expected)
