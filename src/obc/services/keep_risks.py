"""Keep the register of risks: raise, assess, control, review, escalate, close, supersede."""

from datetime import date

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.risks import acts
from obc.domain.programme.risks.risk import RISK, Ending, Risk
from obc.domain.programme.risks.scale import Rating
from obc.services.governance import Governance
from obc.services.register import Doing


def raise_risk(governed: Governance, risk: Risk, doing: Doing) -> Risk:
    """Put a new risk on the register. Raises `Problems`."""
    if risk.state != RISK.first:
        raise refusal(
            f"risk '{risk.id}'", "raise", f"one that is {risk.state}", f"raise it {RISK.first}, then act on it"
        )
    governed.people.named(risk.owner)
    for name in risk.contracts:
        if name not in governed.contracts:
            known = ", ".join(governed.contracts)
            raise refusal(f"risk '{risk.id}'", "contracts", f"'{name}', which is nowhere", f"there is {known}")
    return governed.risks.add(risk, "raise", doing)


def assess(governed: Governance, risk: str, before: Rating | None, after: Rating | None, doing: Doing) -> Risk:
    """Rate a risk anew, before its controls, after them, or both. Raises `Problems`."""
    return governed.risks.change(risk, "assess", doing, lambda held: acts.assessed(held, before, after, doing.by))


def control(governed: Governance, risk: str, which: str, evidence: str, doing: Doing) -> Risk:
    """Say that a control is in place, and where that can be seen. Raises `Problems`."""
    return governed.risks.change(risk, "control", doing, lambda held: acts.controlled(held, which, evidence, doing.by))


def review(governed: Governance, risk: str, review_by: date, doing: Doing) -> Risk:
    """Look at a risk again, and set the day of the next look. Raises `Problems`."""
    appetite, on = governed.appetite, doing.at.date()
    return governed.risks.change(
        risk, "review", doing, lambda held: acts.reviewed(held, appetite, doing.by, on, review_by)
    )


def escalate(governed: Governance, risk: str, to: str | None, doing: Doing) -> Risk:
    """Take a risk to a body above; by default to the one that the appetite names. Raises `Problems`."""
    appetite, on = governed.appetite, doing.at.date()
    body = to or appetite.to
    known = [one.id for one in governed.programme.bodies]
    if body not in known:
        raise refusal(f"risk '{risk}'", "escalate", f"the body '{body}'", f"write one of {', '.join(known)}")
    return governed.risks.change(
        risk, "escalate", doing, lambda held: acts.escalated(held, body, appetite, doing.by, on)
    )


def take_back(governed: Governance, risk: str, doing: Doing) -> Risk:
    """Carry an escalated risk again that is within the appetite. Raises `Problems`."""
    appetite = governed.appetite
    return governed.risks.change(risk, "take back", doing, lambda held: acts.taken_back(held, appetite, doing.by))


def close(governed: Governance, risk: str, how: Ending, doing: Doing) -> Risk:
    """Close a risk. Raises `Problems`."""
    appetite, on = governed.appetite, doing.at.date()
    above = governed.programme.body(appetite.to).members
    return governed.risks.change(
        risk, "close", doing, lambda held: acts.closed(held, appetite, above, how, doing.by, on)
    )


def reopen(governed: Governance, risk: str, review_by: date, doing: Doing) -> Risk:
    """Open a closed risk again. Raises `Problems`."""
    return governed.risks.change(risk, "reopen", doing, lambda held: acts.reopened(held, doing.by, review_by))


def supersede(governed: Governance, risk: str, instead: str, doing: Doing) -> Risk:
    """Let another risk stand for this one. Raises `Problems`."""
    governed.risks.named(instead)
    return governed.risks.change(risk, "supersede", doing, lambda held: acts.superseded(held, instead, doing.by))
