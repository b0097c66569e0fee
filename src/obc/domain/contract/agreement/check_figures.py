"""Whether every contractual figure says where it comes from, and holds for years that the contract has."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from obc.domain.contract.agreement.finding import TERM, At, Finding
from obc.domain.core.kernel.figure import Figure


def figure_findings(
    file: str, part: BaseModel | None, years: Sequence[int], *, sources: bool = True
) -> Iterator[Finding]:
    """Values from a year outside the term (`years` includes the extension), and figures without a source."""
    if part is None:
        return
    for at, figure, sourced in _figures(part, (), False):
        for i, entry in enumerate(figure.history):
            if entry.from_ is not None and years and entry.from_ not in years:
                found = f"a value from year {entry.from_}"
                expected = f"the contract's years run from {years[0]} to {years[-1]}"
                place: At = (*at, i, "from")
                yield Finding(file=file, at=place, found=found, expected=expected, rests_on=((file, place), TERM))
            if sources and not sourced and not entry.source:
                expected = "write {value: …, source: …}; where no source gives it, 'source: illustrative'"
                found = "a figure without a source"
                yield Finding(file=file, at=(*at, i), found=found, expected=expected, severity="warning")


def _figures(node: Any, at: At, sourced: bool) -> Iterator[tuple[At, Figure, bool]]:
    """Every figure below `node`, where it stands, and whether something around it names a source for it."""
    if isinstance(node, Figure):
        yield at, node, sourced
    elif isinstance(node, BaseModel):
        sourced = sourced or bool(getattr(node, "source", None))
        for name, field in type(node).model_fields.items():
            yield from _figures(getattr(node, name), (*at, field.alias or name), sourced)
    elif isinstance(node, tuple):
        for i, inner in enumerate(node):
            yield from _figures(inner, (*at, i), sourced)
