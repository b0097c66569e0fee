"""Figures that come in as a file: which kind it is, looked through, and read with the place of every figure."""

from dataclasses import dataclass, field
from pathlib import Path

from obc.bootstrap.submissions import values_in
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.return_lines import ReturnLine, figures_of
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.engine.values_file import COLUMNS
from obc.loaders.return_file import return_in, rows_of_csv
from obc.services.submissions import NO_PLACES, Places

LARGEST = 20_000_000
"""Bytes of a file of figures."""
ENDINGS = (".xlsx", ".csv", ".parquet", ".json")


@dataclass(frozen=True)
class SentFigures:
    """What a file holds: figures, where each stood, what could not be read; and its lines, where it is a return."""

    values: ValueSet
    places: Places = field(default_factory=lambda: NO_PLACES)
    unread: tuple[Problem, ...] = ()
    lines: tuple[ReturnLine, ...] = ()


def figures_in(contract: Contract, name: str, content: bytes, year: int, quarter: int | None) -> SentFigures:
    """The figures in a file that somebody sent for a period: a values file, or a return of counts. Raises `Problems`.

    What one of a return's cells holds wrongly is told in `unread`, so that it is told together with all else.
    """
    shown = Path(name).name[:80]
    suffix = Path(shown).suffix.lower()
    if len(content) > LARGEST:
        raise refusal(shown, "the file", f"{len(content):,} bytes", f"send up to {LARGEST:,} bytes")
    if suffix not in ENDINGS:
        raise refusal(shown, "the file", f"the ending '{suffix[:10]}'", f"send one of {', '.join(ENDINGS)}")
    if not content:
        raise refusal(shown, "the file", "nothing in it", "send the file with the figures")
    if (suffix == ".xlsx") != content.startswith(b"PK\x03\x04"):
        raise refusal(
            shown, "the file", f"no {suffix[1:]} file, whatever its ending says", "save it as its ending says"
        )
    if suffix in (".parquet", ".json") or (suffix == ".csv" and _measured(shown, content)):
        return SentFigures(values_in(shown, content))
    lines = return_in(shown, content)
    read = figures_of(contract, year, quarter, lines)
    return SentFigures(ValueSet(values=read.values), read.places, read.problems, lines)


def _measured(name: str, content: bytes) -> bool:
    """Whether a table is what `obc measure` wrote, rather than a return of counts."""
    rows = rows_of_csv(name, content)
    return bool(rows) and set(COLUMNS) <= set(rows[0])
