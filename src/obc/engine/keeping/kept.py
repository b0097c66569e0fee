"""Kept sums: a folder with one small file for each indicator and period that was measured.

A file is named by the fingerprint of all that its sums depend on, so that it is never wrong, only unused. It is written
under another name and renamed when it is whole, and it carries the digest of its sums: what was cut short or changed
is not believed but measured again. There are sums in it and no person. The folder may be deleted at any time.
"""

import json
import os
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.measurement.indicators.strata import ByStratum
from obc.domain.measurement.indicators.tally import Tally

_UNFINISHED = ".unfinished"
_ABANDONED = 24 * 60 * 60
"""Seconds after which a file that nobody finished is that of a run that was killed."""


class Kept:
    """The folder; made when it is not there. `version`: that of the code which measures, part of every fingerprint."""

    def __init__(self, folder: Path, version: str):
        self.folder, self.version = folder, version
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f".*{_UNFINISHED}"):
            if left.stat().st_mtime < time.time() - _ABANDONED:
                left.unlink(missing_ok=True)

    def read(self, fingerprint: str) -> ByStratum | None:
        """The sums under a fingerprint; None where there are none that are whole."""
        try:
            content = json.loads(self._path(fingerprint).read_bytes())
            sums = content["sums"]
            if content["fingerprint"] != fingerprint or content["digest"] != digest(sums):
                return None
            return dict(map(_read, sums))
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError):
            return None

    def write(self, fingerprint: str, sums: ByStratum) -> None:
        """Keep the sums under their fingerprint: whole, or not at all."""
        rows = sorted((_written(*one) for one in sums.items()), key=canonical_json)
        content = canonical_json({"fingerprint": fingerprint, "digest": digest(rows), "sums": rows})
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", suffix=_UNFINISHED, delete=False) as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
        Path(unfinished.name).replace(self._path(fingerprint))

    def _path(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint.removeprefix('sha256:')}.json"


def _written(key: tuple[Any, Any], tally: Tally) -> list[Any]:
    (segment, provider), levels = key
    expected = None if tally.expected is None else str(tally.expected)
    counts = [str(tally.numerator), str(tally.denominator), tally.unknown, str(tally.sum_of_squares), expected]
    return [segment, provider, [*levels], *counts]


def _read(row: list[Any]) -> tuple[Any, Tally]:
    segment, provider, levels, numerator, denominator, unknown, squares, expected = row
    tally = Tally(
        Decimal(numerator),
        Decimal(denominator),
        unknown,
        Decimal(squares),
        None if expected is None else Decimal(expected),
    )
    return ((segment, provider), tuple(levels)), tally
