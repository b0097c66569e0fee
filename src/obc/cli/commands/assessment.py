"""Commands on an assessment of bidders: how it stands, and the acts that carry it on."""

from enum import StrEnum
from typing import Annotated

import typer

from obc.cli.arguments import As, At, By, Format, Out, Programme, Trail, Why, moment_of

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


def publish(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Publish the criteria: from now on they cannot change, and scoring begins."""
    _carry("publish_criteria", programme, by, why, at, trail, as_)


def check(
    programme: Programme,
    bidder: Bidder,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="a pass-fail item of assessment.yaml")],
    passes: Annotated[bool, typer.Option("--pass/--fail", help="the result")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help="what shows it")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Record whether a bidder passes an item."""
    from obc.cli import assessing

    result = "pass" if passes else "fail"
    given = {"bidder": bidder, "item": item, "result": result, "evidence": evidence}
    assessing.record("check", given, programme, trail, by, moment_of(at), why, as_ is Format.JSON)


def score(
    programme: Programme,
    bidder: Bidder,
    question: Question,
    points: Points,
    evidence: Evidence,
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Score an answer alone. --why says which anchor it meets, and why."""
    from obc.cli import assessing

    given = {"bidder": bidder, "question": question, "by": by, "score": points, "evidence": evidence, "because": why}
    assessing.record("score", given, programme, trail, by, moment_of(at), why, as_ is Format.JSON)


def close(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Close scoring; refused while a score or a check is missing."""
    _carry("close_scoring", programme, by, why, at, trail, as_)


def moderate(
    programme: Programme,
    bidder: Bidder,
    question: Question,
    points: Points,
    by: By,
    why: Why,
    told: Annotated[
        str | None, typer.Option("--told", metavar="TEXT", help="what other bidders may be told, if this one wins")
    ] = None,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Record the score that the panel agreed on. --why is its reason."""
    from obc.cli import assessing

    given = {"bidder": bidder, "question": question, "score": points, "because": why, "told": told}
    assessing.record("moderate", given, programme, trail, by, moment_of(at), why, as_ is Format.JSON)


def conclude(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Conclude moderation with a winner; refused while an answer is not agreed on."""
    _carry("conclude", programme, by, why, at, trail, as_)


def notice(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Give notice of the intention to award; the standstill begins on the day after."""
    _carry("give_notice", programme, by, why, at, trail, as_)


def represent(
    programme: Programme,
    bidder: Bidder,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help="what the bidder wrote")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Receive a representation, which keeps the standstill open; refused after its last day."""
    from obc.cli import assessing

    assessing.represent(bidder, says, programme, trail, by, moment_of(at), why, as_ is Format.JSON)


def review(
    programme: Programme,
    outcome: Annotated[Review, typer.Argument(metavar="uphold|go-back|abandon")],
    by: By,
    why: Why,
    at: At = None,
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Decide on representations, by somebody who did not judge."""
    from obc.cli import assessing

    assessing.review(outcome.value, programme, trail, by, moment_of(at), why, as_ is Format.JSON)


def award(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Award the contract; refused before the standstill has ended, or while the bidder fails an item."""
    _carry("award", programme, by, why, at, trail, as_)


def abandon(programme: Programme, by: By, why: Why, at: At = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """Give the assessment up."""
    _carry("abandon", programme, by, why, at, trail, as_)


def feedback(programme: Programme, bidder: Bidder, out: Out = None, trail: Trail = None, as_: As = Format.TEXT) -> None:
    """What a bidder is told: its own scores and why, and what it may know of the winner."""
    from obc.cli import assessing

    assessing.feedback(programme, bidder, trail, out, as_ is Format.JSON)


def _carry(act: str, programme: str, by: str, why: str, at: At, trail: Trail, as_: Format) -> None:
    from obc.cli import assessing

    assessing.carry(act, programme, trail, by, moment_of(at), why, as_ is Format.JSON)
