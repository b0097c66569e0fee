"""A look: one figure before and now, with how surely it has moved by more than is worth raising.

A report takes hundreds of looks. So that an honest contract is left in peace, the chances are corrected for all of
them together: with nothing there, at most one report in twenty raises anything at all.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import holm

FALSE_ALARMS = 0.05
"""The share of reports on contracts where nothing is there that raise anything."""

Kind = Literal[
    "left out",
    "decided by a rule",
    "counted a year",
    "share of a cluster",
    "scores of a cluster",
    "spend on a segment",
    "outcome of a segment",
    "share of those who joined",
    "entries a quarter",
    "not recorded",
    "gain with another rater",
    "another rater",
    "just inside a limit",
]

MARGINS: dict[Kind, float] = {
    "left out": 0.05,
    "decided by a rule": 0.05,
    "counted a year": 1.25,
    "share of a cluster": 0.03,
    "scores of a cluster": 1.0,
    "spend on a segment": 0.1,
    "outcome of a segment": 0.05,
    "share of those who joined": 0.05,
    "entries a quarter": 2.0,
    "not recorded": 0.05,
    "gain with another rater": 0.5,
    "another rater": 0.1,
    "just inside a limit": 2.0,
}
"""How far each must surely have moved before it is raised: a choice of ours (illustrative), wide enough for a good
year. Shares in shares of one, factors as such, spend as a share of itself, scores in points."""


class Look(BaseModel):
    """One figure at two times. `before` and `now` rest on so many units each; None where they are not known.

    `chance`: of such a move if the true one were just the margin; `corrected`: for all looks of the report. A look
    that cannot be taken says why. `about` names the cluster, table, rule or limit. Where it is about an indicator,
    its own figure stands beside, and `effect` is what that would be had those left out since not been reached.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    indicator: str = ""
    segment: str = ""
    provider: str = ""
    about: str = ""
    quarter: Period | None = None
    before: float | None
    now: float | None
    units_before: float = 0
    units_now: float = 0
    figure_before: float | None = None
    figure_now: float | None = None
    effect: float | None = None
    chance: float | None
    corrected: float | None = None
    raised: bool = False
    not_known: str = ""

    @property
    def margin(self) -> float:
        """How far it must surely have moved."""
        return MARGINS[self.kind]


def look(
    kind: Kind,
    before: float | None,
    now: float | None,
    units: tuple[float, float],
    chance: ArrayLike | None,
    **others: object,
) -> Look:
    """A look whose numbers may be NaN: those are not known."""
    share = None if chance is None else float(np.asarray(chance))
    told = {
        "kind": kind,
        "before": _there(before),
        "now": _there(now),
        "chance": None if share is None else _there(share),
    }
    known = told["chance"] is not None
    rests = {"units_before": float(units[0]), "units_now": float(units[1])}
    return Look.model_validate({**told, **rests, "not_known": "" if known else "too few to say", **others})


def corrected(looks: Iterable[Look], false_alarms: float = FALSE_ALARMS) -> tuple[Look, ...]:
    """The looks with their chances corrected for how many there are; those at most `false_alarms` are raised."""
    given: Sequence[Look] = tuple(looks)
    found = holm([np.nan if one.chance is None else one.chance for one in given])
    return tuple(
        one
        if np.isnan(share)
        else one.model_copy(update={"corrected": float(share), "raised": bool(share <= false_alarms)})
        for one, share in zip(given, found, strict=True)
    )


def _there(number: float | None) -> float | None:
    return None if number is None or np.isnan(number) or np.isinf(number) else round(float(number), 12)
