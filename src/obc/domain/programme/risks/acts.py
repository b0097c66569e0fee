"""What can be done with a risk. Each function gives the risk as it then stands, or refuses with the reason."""

from collections.abc import Collection
from datetime import date

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.risks.appetite import Appetite
from obc.domain.programme.risks.risk import OWNER, RISK, Closing, Ending, Escalation, Risk
from obc.domain.programme.risks.scale import Rating


def assessed(risk: Risk, before: Rating | None, after: Rating | None, by: Person) -> Risk:
    """The risk with other ratings. It has to be reviewed by somebody else."""
    state = _after(risk, "assess", by)
    given = {"before": before or risk.before, "after": after or risk.after, "assessed_by": by.id, "state": state}
    return _checked(risk, given)


def controlled(risk: Risk, control: str, evidence: str, by: Person) -> Risk:
    """The risk with a control in place, and where that can be seen."""
    state = _after(risk, "control", by)
    held = next((one for one in risk.controls if one.id == control), None)
    if held is None:
        known = ", ".join(one.id for one in risk.controls)
        raise refusal(_where(risk), "the control", f"'{control}', which is nowhere", f"there is {known}")
    if held.in_place:
        raise refusal(_where(risk), "the control", f"'{control}', in place already", "name another")
    now = held.model_copy(update={"in_place": True, "evidence": evidence})
    controls = tuple(now if one.id == control else one for one in risk.controls)
    return _checked(risk, {"controls": controls, "assessed_by": by.id, "state": state})


def reviewed(risk: Risk, appetite: Appetite, by: Person, on: date, review_by: date) -> Risk:
    """The risk looked at by another than who assessed it last. Beyond the appetite it must be escalated first."""
    state = _after(risk, "review", by)
    if by.id == (risk.assessed_by or risk.owner):
        raise refusal(_where(risk), "review", f"{by.id}, who assessed it last", "nobody reviews their own work")
    if appetite.exceeded_by(risk) and risk.state != "escalated":
        found = f"a standing score of {risk.standing.score}, where {appetite.limit(risk.category)} is carried"
        raise refusal(_where(risk), "review", found, f"escalate it to the {appetite.to} first")
    if review_by <= on:
        raise refusal(_where(risk), "the next review", f"{review_by}", "give it a day that is to come")
    return _checked(risk, {"reviewed": on, "review_by": review_by, "state": state})


def escalated(risk: Risk, to: str, appetite: Appetite, by: Person, on: date) -> Risk:
    """The risk taken to a body above the one that carries it."""
    state = _after(risk, "escalate", by)
    if to == appetite.held_by:
        raise refusal(_where(risk), "escalate", f"'{to}', which carries it already", f"take it to the {appetite.to}")
    return _checked(risk, {"escalated": Escalation(to=to, by=by.id, on=on), "state": state})


def taken_back(risk: Risk, appetite: Appetite, by: Person) -> Risk:
    """An escalated risk that is within the appetite again."""
    state = _after(risk, "take back", by)
    if appetite.exceeded_by(risk):
        found = f"a standing score of {risk.standing.score}, where {appetite.limit(risk.category)} is carried"
        raise refusal(_where(risk), "take back", found, "bring the score down first, by controls that are in place")
    return _checked(risk, {"escalated": None, "state": state})


def closed(risk: Risk, appetite: Appetite, above: Collection[str], how: Ending, by: Person, on: date) -> Risk:
    """The risk closed, by another than its owner. To accept it, it must be within the appetite, or escalated.

    `above`: the members of the body that the appetite escalates to; beyond it only they accept.
    """
    state = _after(risk, "close", by)
    if by.id == risk.owner:
        raise refusal(_where(risk), "close", f"{by.id}, who owns it", "let another close it: nobody clears themselves")
    if how == "accepted" and appetite.exceeded_by(risk):
        carried = appetite.limit(risk.category)
        if risk.state != "escalated":
            found = f"a standing score of {risk.standing.score}, where {carried} is carried"
            raise refusal(_where(risk), "close", found, f"only the {appetite.to} accepts that: escalate it first")
        if by.id not in above:
            found = f"{by.id}, who does not sit on the {appetite.to}"
            raise refusal(_where(risk), "close", found, "beyond the appetite, it is for its members to accept")
    return _checked(risk, {"closed": Closing(how=how, by=by.id, on=on), "escalated": None, "state": state})


def reopened(risk: Risk, by: Person, review_by: date) -> Risk:
    """A closed risk that can happen again."""
    state = _after(risk, "reopen", by)
    return _checked(risk, {"closed": None, "state": state, "review_by": review_by, "assessed_by": by.id})


def superseded(risk: Risk, instead: str, by: Person) -> Risk:
    """A risk that another one stands for now."""
    state = _after(risk, "supersede", by)
    if instead == risk.id:
        raise refusal(_where(risk), "supersede", "itself", "name the risk that takes its place")
    return _checked(risk, {"superseded_by": instead, "escalated": None, "state": state})


def _after(risk: Risk, verb: str, by: Person) -> str:
    """The state after a verb. Who may own risks owns this one only if the register says so."""
    roles = [role for role in by.roles if role != OWNER] + [OWNER] * (by.id == risk.owner)
    return RISK.after(risk.state, verb, roles, _where(risk))


def _where(risk: Risk) -> str:
    return f"risk '{risk.id}'"


def _checked(risk: Risk, given: dict[str, object]) -> Risk:
    """The risk with what is given. Ratings that do not fit together are refused as a whole."""
    after = risk.model_copy(update=given)
    if after.after.score > after.before.score:
        found = f"{after.after.score} after controls, {after.before.score} before"
        raise refusal(_where(risk), "the ratings", found, "controls do not make a risk worse: give both ratings")
    return after
