"""Commands that keep the register of risks."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting
from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, moment_of

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


def raise_(
    programme: Programme,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the risk as YAML: one entry as in risks.yaml")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Put a new risk on the register."""
    from obc.cli import risks

    risks.raise_risk(Acting(programme, trail, by, why, moment_of(at)), file, as_ is Format.JSON)


def assess(
    programme: Programme,
    risk: RiskId,
    by: By,
    why: Why,
    before: Steps = None,
    after: Steps = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Rate a risk anew, before its controls, after them, or both."""
    from obc.cli import risks

    if before is None and after is None:
        raise typer.BadParameter("give --before S,L, --after S,L or both")
    pairs = _pair(before, "--before"), _pair(after, "--after")
    risks.assess(Acting(programme, trail, by, why, moment_of(at)), risk, *pairs, as_ is Format.JSON)


def control(
    programme: Programme,
    risk: RiskId,
    which: Annotated[str, typer.Argument(metavar="CONTROL", help="the id of one of its controls")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="WHERE", help="where it can be seen")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Say that a control is in place; with the last one the rating after controls holds."""
    from obc.cli import risks

    risks.control(Acting(programme, trail, by, why, moment_of(at)), risk, which, evidence, as_ is Format.JSON)


def review(
    programme: Programme,
    risk: RiskId,
    review_by: ReviewBy,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Look at a risk again; for another than who assessed it last."""
    from obc.cli import risks

    risks.review(Acting(programme, trail, by, why, moment_of(at)), risk, review_by.date(), as_ is Format.JSON)


def escalate(
    programme: Programme,
    risk: RiskId,
    by: By,
    why: Why,
    to: Annotated[str | None, typer.Option("--to", metavar="BODY", help="default: the one the appetite names")] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Take a risk beyond the appetite to the body above."""
    from obc.cli import risks

    risks.escalate(Acting(programme, trail, by, why, moment_of(at)), risk, to, as_ is Format.JSON)


def take_back(
    programme: Programme, risk: RiskId, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT
) -> None:
    """Carry an escalated risk again that is within the appetite."""
    from obc.cli import risks

    risks.take_back(Acting(programme, trail, by, why, moment_of(at)), risk, as_ is Format.JSON)


def close(
    programme: Programme,
    risk: RiskId,
    how: Annotated[Ending, typer.Option("--how", help="how it came to its end")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Close a risk; for another than its owner."""
    from obc.cli import risks

    risks.close(Acting(programme, trail, by, why, moment_of(at)), risk, how.value, as_ is Format.JSON)


def reopen(
    programme: Programme,
    risk: RiskId,
    review_by: ReviewBy,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Open a closed risk that can happen again."""
    from obc.cli import risks

    risks.reopen(Acting(programme, trail, by, why, moment_of(at)), risk, review_by.date(), as_ is Format.JSON)


def supersede(
    programme: Programme,
    risk: RiskId,
    instead: Annotated[str, typer.Option("--instead", metavar="RISK", help="the risk that stands for it now")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Let another risk stand for this one. It stays in the register."""
    from obc.cli import risks

    risks.supersede(Acting(programme, trail, by, why, moment_of(at)), risk, instead, as_ is Format.JSON)


def _pair(given: str | None, option: str) -> tuple[int, int] | None:
    if given is None:
        return None
    steps = given.split(",")
    if len(steps) != 2 or not all(step.strip() in {"1", "2", "3", "4", "5"} for step in steps):
        raise typer.BadParameter(f"write {option} SEVERITY,LIKELIHOOD, from 1 to 5 each, as 4,3")
    return int(steps[0]), int(steps[1])
