"""Commands on an assessment of bidders: how it stands, and the acts that carry it on."""

from enum import StrEnum
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Out, Programme, Trail

Bidder = Annotated[str, typer.Argument(metavar="BIDDER", help="an id of assessment.yaml")]
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="an id of assessment.yaml")]
Points = Annotated[int, typer.Argument(metavar="SCORE", help="one that has an anchor")]
Evidence = Annotated[str, typer.Option("--evidence", metavar="TEXT", help="where in the offer it stands")]


class Review(StrEnum):
    """What a review comes to."""

    UPHOLD = "uphold"
    GO_BACK = "go-back"
    ABANDON = "abandon"


def show(
    programme: Programme,
    out: Out = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """How the assessment stands: ranking, how sure it is, who covers what, the standstill. --out: the award report."""
    from obc.cli import assessing

    assessing.show(programme, trail, out, as_ is Format.JSON)


@acts()
def publish(acting: Acting) -> None:
    """Publish the criteria: from now on they cannot change, and scoring begins."""
    _carry(acting, "publish_criteria")


@acts()
def check(
    acting: Acting,
    bidder: Bidder,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="a pass-fail item of assessment.yaml")],
    passes: Annotated[bool, typer.Option("--pass/--fail", help="the result")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help="what shows it")],
) -> None:
    """Record whether a bidder passes an item."""
    from obc.cli import assessing

    result = "pass" if passes else "fail"
    given = {"bidder": bidder, "item": item, "result": result, "evidence": evidence}
    assessing.record(acting, "check", given)


@acts()
def score(acting: Acting, bidder: Bidder, question: Question, points: Points, evidence: Evidence) -> None:
    """Score an answer alone. --why says which anchor it meets, and why."""
    from obc.cli import assessing

    given = {
        "bidder": bidder,
        "question": question,
        "by": acting.by,
        "score": points,
        "evidence": evidence,
        "because": acting.why,
    }
    assessing.record(acting, "score", given)


@acts()
def close(acting: Acting) -> None:
    """Close scoring; refused while a score or a check is missing."""
    _carry(acting, "close_scoring")


@acts()
def moderate(
    acting: Acting,
    bidder: Bidder,
    question: Question,
    points: Points,
    told: Annotated[
        str | None, typer.Option("--told", metavar="TEXT", help="what other bidders may be told, if this one wins")
    ] = None,
) -> None:
    """Record the score that the panel agreed on. --why is its reason."""
    from obc.cli import assessing

    given = {"bidder": bidder, "question": question, "score": points, "because": acting.why, "told": told}
    assessing.record(acting, "moderate", given)


@acts()
def conclude(acting: Acting) -> None:
    """Conclude moderation with a winner; refused while an answer is not agreed on."""
    _carry(acting, "conclude")


@acts()
def notice(acting: Acting) -> None:
    """Give notice of the intention to award; the standstill begins on the day after."""
    _carry(acting, "give_notice")


@acts()
def represent(
    acting: Acting,
    bidder: Bidder,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help="what the bidder wrote")],
) -> None:
    """Receive a representation, which keeps the standstill open; refused after its last day."""
    from obc.cli import assessing

    assessing.represent(acting, bidder, says)


@acts()
def review(acting: Acting, outcome: Annotated[Review, typer.Argument(metavar="uphold|go-back|abandon")]) -> None:
    """Decide on representations, by somebody who did not judge."""
    from obc.cli import assessing

    assessing.review(acting, outcome.value)


@acts()
def award(acting: Acting) -> None:
    """Award the contract; refused before the standstill has ended, or while the bidder fails an item."""
    _carry(acting, "award")


@acts()
def abandon(acting: Acting) -> None:
    """Give the assessment up."""
    _carry(acting, "abandon")


def feedback(programme: Programme, bidder: Bidder, out: Out = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """What a bidder is told: its own scores and why, and what it may know of the winner."""
    from obc.cli import assessing

    assessing.feedback(programme, bidder, trail, out, as_ is Format.JSON)


def _carry(acting: Acting, act: str) -> None:
    from obc.cli import assessing

    assessing.carry(acting, act)
