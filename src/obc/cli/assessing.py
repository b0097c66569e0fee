"""An assessment of bidders: what it prints, and the acts on it."""

from pathlib import Path
from typing import Any

from obc.bootstrap import procuring
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.core.kernel.organisation import Slug
from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.course import notices_due
from obc.domain.programme.procurement.procedure import ASSESSMENT
from obc.domain.programme.procurement.ranking import Placed
from obc.domain.programme.procurement.sensitivity import Slack
from obc.services.assessment import AssessmentBook
from obc.services.register import Doing

REVIEWS = {"uphold": "uphold the decision", "go-back": "go back to moderation", "abandon": "abandon"}


def show(programme: str, trail: Path | None, out: Path | None, as_json: bool) -> None:
    """Print how an assessment stands; write the award report where `out` says."""
    standing = procuring.assessment_book(programme, trail).standing()
    written = procuring.write_award_report(standing, out) if out else ()
    if as_json:
        output.as_json(as_object(standing) | {"written": [str(path) for path in written]})
        return
    print(f"{standing.rules.title}: {standing.course.state}")
    allowed = ASSESSMENT.verbs(standing.course.state)
    print(f"  it allows: {', '.join(allowed) or 'nothing more'}\n")
    rows = [_row(one) for one in standing.ranking.placed]
    output.table(("Place", "Bidder", "Of 100", ""), rows, "rlrl")
    _show_sensitivity(standing)
    for one in standing.strength:
        if one.gaps:
            print(f"\nNobody of {standing.rules.bidder(one.bidder).name} would give: {', '.join(one.gaps)}")
    if standing.waiting:
        wait = standing.waiting
        print(f"\nStandstill ({wait.regulation}): notice on {wait.notice}, {wait.says}")
    for what, until in notices_due(standing.process, standing.course):
        print(f"\nTo be published by {until}: {what}")
    if written:
        print(f"\nWrote {', '.join(str(path) for path in written)}")


def _row(one: Placed) -> tuple[str, str, str, str]:
    total = f"{float(one.total):.2f}" if one.total is not None else "–"
    return str(one.place or "–"), one.name, total, f"fails: {one.fails[0]}" if one.fails else ""


def _show_sensitivity(standing: AssessmentStanding) -> None:
    found = standing.sensitivity
    if found is None:
        return
    print(f"\n{standing.rules.bidder(found.winner).name} leads by {float(found.lead):.2f}. It stays first while")
    rows = [(one.title, _percent(one.weight), _stays(standing, one)) for one in found.slack]
    output.table(("the weight of", "now", "stays"), rows, "lrl")
    print(f"{len(found.steps)} of {found.scores_tried} single steps of a score would change the first place.")


def _stays(standing: AssessmentStanding, one: Slack) -> str:
    parts = []
    if one.below:
        parts.append(f"above {_percent(one.from_)} (below: {standing.rules.bidder(one.below).name})")
    if one.above:
        parts.append(f"below {_percent(one.to)} (above: {standing.rules.bidder(one.above).name})")
    return ", ".join(parts) or "anywhere"


def _percent(share: Any) -> str:
    return f"{float(share) * 100:.1f} %"


def as_object(standing: AssessmentStanding) -> dict[str, Any]:
    """The assessment as JSON promises it."""
    course = standing.course
    return {
        "assessment": standing.rules.id,
        "title": standing.rules.title,
        "state": course.state,
        "allows": list(ASSESSMENT.verbs(course.state)),
        "course": course.model_dump(mode="json", by_alias=False),
        "ranking": standing.ranking.model_dump(mode="json", by_alias=False),
        "sensitivity": standing.sensitivity.model_dump(mode="json", by_alias=False) if standing.sensitivity else None,
        "strength": [one.model_dump(mode="json", by_alias=False) for one in standing.strength],
        "standstill": standing.waiting.model_dump(mode="json", by_alias=False) if standing.waiting else None,
        "notices_due": [{"notice": what, "by": until} for what, until in notices_due(standing.process, course)],
        "scores": len(standing.scores),
        "moderated": len(standing.moderated),
        "conflicts": [one.model_dump(mode="json", by_alias=False) for one in standing.conflicts],
        "checks": [one.model_dump(mode="json", by_alias=False) for one in standing.checks],
    }


def _opened(acting: Acting) -> tuple[AssessmentBook, Doing]:
    """The book that is acted on, and who does what to it. Raises `Problems`."""
    doing = procuring.doing(acting.programme, acting.trail, acting.by, acting.at, acting.why)
    return procuring.assessment_book(acting.programme, acting.trail), doing


def carry(acting: Acting, act: str) -> None:
    """One of the acts that need nothing more than who, when and why."""
    book, doing = _opened(acting)
    _said(getattr(book, act)(doing), acting.as_json)


def record(acting: Acting, kind: str, given: dict[str, Any]) -> None:
    """A check, a score or a moderated score."""
    book, doing = _opened(acting)
    made = procuring.record(book, kind, given, doing)
    if acting.as_json:
        output.as_json(made.model_dump(mode="json", by_alias=False))
    else:
        print(f"Recorded {made.id}.")


def represent(acting: Acting, bidder: Slug, says: str) -> None:
    """Receive a representation."""
    book, doing = _opened(acting)
    _said(
        procuring.represent(book, bidder, says, doing),
        acting.as_json,
    )


def review(acting: Acting, outcome: str) -> None:
    """Decide on representations."""
    book, doing = _opened(acting)
    _said(book.review(REVIEWS[outcome], doing), acting.as_json)


def feedback(programme: str, bidder: str, trail: Path | None, out: Path | None, as_json: bool) -> None:
    """Print what a bidder is told; write it as a document where `out` says."""
    book = procuring.assessment_book(programme, trail)
    told = book.feedback_to(bidder)
    written = procuring.write_feedback(book.standing(), told, out) if out else ()
    if as_json:
        output.as_json(told.model_dump(mode="json", by_alias=False) | {"written": [str(path) for path in written]})
        return
    place = f"place {told.place} of {told.bidders}" if told.place else "not placed"
    print(f"{told.name}: {place}" + (f", {float(told.own_total):.2f} of 100" if told.own_total is not None else ""))
    for line in told.fails:
        print(f"  fails: {line}")
    rows = [
        (one.question, _score(one.own, one.of), one.because or "–", _score(one.winner, one.of), one.told or "–")
        for one in told.answers
    ]
    print(f"Chosen: {told.winner}\n")
    output.table(("Question", "Yours", "Why", "Chosen", "What may be told of it"), rows, "lrlrl")
    if written:
        print(f"\nWrote {', '.join(str(path) for path in written)}")


def _score(score: int | None, of: int) -> str:
    return f"{score}/{of}" if score is not None else "–"


def _said(course: Any, as_json: bool) -> None:
    if as_json:
        output.as_json(course.model_dump(mode="json", by_alias=False))
    else:
        print(f"The assessment is now {course.state}.")
