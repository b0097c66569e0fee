"""The ladder of escalation: what may be done now, by whom and on what evidence, and what each later step takes."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.programme.levers.catalogue import STAGES, Stage
from obc.domain.programme.levers.escalation import ESCALATION, Escalation, no_ground, too_early
from obc.domain.programme.levers.policy import Policy


class Rung(BaseModel):
    """One move. `now`: the rules let it be made today; `because`: why, or what stands against it and what it takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: str
    to: str
    by: tuple[str, ...]
    now: bool
    because: str


def ladder(stood: Escalation, policy: Policy, agreement: Agreement, clause: bool, on: date) -> tuple[Rung, ...]:
    """Every move of an escalation, those of its stage first. `clause`: the contract lets a share be withheld."""
    here = ESCALATION.moves.get(stood.state, {})
    rungs = []
    for verb, move in here.items():
        against = _against(stood, verb, agreement, clause, on)
        asked = policy.asked_for(move.to) if move.to != stood.state else "what shows it"
        rungs.append(
            Rung(verb=verb, to=move.to, by=move.by, now=against is None, because=against or f"as evidence: {asked}")
        )
    if stood.open:
        for state, moves in ESCALATION.moves.items():
            for verb, move in moves.items():
                if move.to != state and verb not in [one.verb for one in rungs]:
                    over = STAGES.index(_stage(state)) < STAGES.index(_stage(stood.state))
                    because = f"its stage, {state}, is over" if over else f"once it is at {state}"
                    rungs.append(Rung(verb=verb, to=move.to, by=move.by, now=False, because=because))
    return tuple(rungs)


def _stage(state: str) -> Stage:
    return next((one for one in STAGES if one == state), "none")


def _against(stood: Escalation, verb: str, agreement: Agreement, clause: bool, on: date) -> str | None:
    if early := too_early(stood, verb, on):
        return early
    if verb == "withhold":
        if not clause:
            return "the contract has no clause on withholding: agree on one, as a change of its payment"
        if stood.withheld:
            return "a share was withheld for this breach already"
        if found := no_ground(stood, agreement):
            return ": ".join(found)
    if verb in ("release", "retain") and (stood.withheld is None or stood.withheld.retained is not None):
        return "nothing is withheld that could come back"
    return None
