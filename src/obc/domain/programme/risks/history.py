"""The history of risks: how their scores moved, from the trail."""

import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.trail import Action
from obc.domain.programme.risks.risk import Risk
from obc.domain.programme.risks.scale import Band

KIND = "risk"


class Movement(BaseModel):
    """One action on a risk: who, when, what, and the standing score it left. `score_before` none: the risk was new."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    risk: str
    at: datetime
    by: str
    verb: str
    why: str
    score_before: int | None
    score: int
    band: Band


def history(trail: Sequence[Action]) -> tuple[Movement, ...]:
    """Every action on a risk, in order."""
    return tuple(_movement(one) for one in trail if one.kind == KIND)


def _movement(action: Action) -> Movement:
    after = Risk.model_validate(json.loads(action.after))
    before = Risk.model_validate(json.loads(action.before)) if action.before else None
    return Movement(
        risk=action.record,
        at=action.at,
        by=action.by,
        verb=action.verb,
        why=action.why,
        score_before=before.standing.score if before else None,
        score=after.standing.score,
        band=after.standing.band,
    )
