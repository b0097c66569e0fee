"""Commands that keep the register of risks."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts

RiskId = Annotated[str, typer.Argument(metavar="RISK", help="the id of a risk")]
ReviewBy = Annotated[
    datetime, typer.Option("--review-by", metavar="DAY", formats=["%Y-%m-%d"], help="the day of the next look")
]
Steps = Annotated[str | None, typer.Option(metavar="S,L", help="severity and likelihood, 1 to 5 each, as 4,3")]


class Ending(StrEnum):
    """How a risk ends."""

    GONE = "no-longer-possible"
    HAPPENED = "happened"
    ACCEPTED = "accepted"


@acts()
def raise_(
    acting: Acting,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the risk as YAML: one entry as in risks.yaml")],
) -> None:
    """Put a new risk on the register."""
    from obc.cli import risks

    risks.raise_risk(acting, file, acting.as_json)


@acts()
def assess(acting: Acting, risk: RiskId, before: Steps = None, after: Steps = None) -> None:
    """Rate a risk anew, before its controls, after them, or both."""
    from obc.cli import risks

    if before is None and after is None:
        raise typer.BadParameter("give --before S,L, --after S,L or both")
    pairs = _pair(before, "--before"), _pair(after, "--after")
    risks.assess(acting, risk, *pairs, acting.as_json)


@acts()
def control(
    acting: Acting,
    risk: RiskId,
    which: Annotated[str, typer.Argument(metavar="CONTROL", help="the id of one of its controls")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="WHERE", help="where it can be seen")],
) -> None:
    """Say that a control is in place; with the last one the rating after controls holds."""
    from obc.cli import risks

    risks.control(acting, risk, which, evidence, acting.as_json)


@acts()
def review(acting: Acting, risk: RiskId, review_by: ReviewBy) -> None:
    """Look at a risk again; for another than who assessed it last."""
    from obc.cli import risks

    risks.review(acting, risk, review_by.date(), acting.as_json)


@acts()
def escalate(
    acting: Acting,
    risk: RiskId,
    to: Annotated[str | None, typer.Option("--to", metavar="BODY", help="default: the one the appetite names")] = None,
) -> None:
    """Take a risk beyond the appetite to the body above."""
    from obc.cli import risks

    risks.escalate(acting, risk, to, acting.as_json)


@acts()
def take_back(acting: Acting, risk: RiskId) -> None:
    """Carry an escalated risk again that is within the appetite."""
    from obc.cli import risks

    risks.take_back(acting, risk, acting.as_json)


@acts()
def close(
    acting: Acting, risk: RiskId, how: Annotated[Ending, typer.Option("--how", help="how it came to its end")]
) -> None:
    """Close a risk; for another than its owner."""
    from obc.cli import risks

    risks.close(acting, risk, how.value, acting.as_json)


@acts()
def reopen(acting: Acting, risk: RiskId, review_by: ReviewBy) -> None:
    """Open a closed risk that can happen again."""
    from obc.cli import risks

    risks.reopen(acting, risk, review_by.date(), acting.as_json)


@acts()
def supersede(
    acting: Acting,
    risk: RiskId,
    instead: Annotated[str, typer.Option("--instead", metavar="RISK", help="the risk that stands for it now")],
) -> None:
    """Let another risk stand for this one. It stays in the register."""
    from obc.cli import risks

    risks.supersede(acting, risk, instead, acting.as_json)


def _pair(given: str | None, option: str) -> tuple[int, int] | None:
    if given is None:
        return None
    steps = given.split(",")
    if len(steps) != 2 or not all(step.strip() in {"1", "2", "3", "4", "5"} for step in steps):
        raise typer.BadParameter(f"write {option} SEVERITY,LIKELIHOOD, from 1 to 5 each, as 4,3")
    return int(steps[0]), int(steps[1])
