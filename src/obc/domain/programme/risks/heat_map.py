"""The heat map: how many risks stand at each severity and likelihood, before and after controls."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.programme.risks.risk import Risk
from obc.domain.programme.risks.scale import BANDS, STEPS, Band, Rating, band

When = Literal["before", "standing", "after"]


class Cell(BaseModel):
    """One field of the map: the risks that stand there, by their ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: int
    likelihood: int
    band: Band
    risks: tuple[str, ...]


def heat_map(risks: Sequence[Risk], when: When) -> tuple[Cell, ...]:
    """All 25 fields, by severity and then likelihood; risks that have ended stand in none."""
    cells = []
    for severity in STEPS:
        for likelihood in STEPS:
            here = tuple(
                one.id
                for one in risks
                if one.live
                and (rating_of(one, when).severity, rating_of(one, when).likelihood) == (severity, likelihood)
            )
            cells.append(Cell(severity=severity, likelihood=likelihood, band=band(severity * likelihood), risks=here))
    return tuple(cells)


def rating_of(risk: Risk, when: When) -> Rating:
    """The rating of a risk at a moment: before controls, as it stands, after all of them."""
    match when:
        case "before":
            return risk.before
        case "after":
            return risk.after
        case "standing":
            return risk.standing


def banded(risks: Sequence[Risk], when: When) -> dict[Band, int]:
    """How many live risks are green, amber and red."""
    held = [rating_of(one, when).band for one in risks if one.live]
    return {name: held.count(name) for name, _ in BANDS}
