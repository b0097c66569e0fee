"""Review: what becomes of a submission when somebody acts on it. Each function gives the submission as it then is."""

from datetime import datetime

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow.parties import consents, is_commissioner, waiting_for
from obc.domain.contract.workflow.rights import Role
from obc.domain.contract.workflow.submission import (
    LIFE,
    SYSTEM,
    Comment,
    Concern,
    Consent,
    HandedIn,
    Signed,
    Submission,
)
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems, refusal


def moved(submission: Submission, verb: str, by: Person) -> Submission:
    """The submission in the state that a verb leads to. Raises `Problems` where it is not allowed."""
    state = LIFE.after(submission.state, verb, by.roles, submission.id)
    return submission.model_copy(update={"state": state})


def published(submission: Submission, by: Person, at: datetime) -> Submission:
    """Open to everybody, small numbers hidden; it stays so while it is corrected, until the corrected one is."""
    return moved(submission, "publish", by).model_copy(update={"published": at})


def scored(submission: Submission, scorecard: str | None, system: Person) -> Submission:
    """Checked and scored by obc itself; `scorecard` is the digest of the paper, none where nothing can be scored."""
    return moved(moved(submission, "validate", system), "score", system).model_copy(update={"scorecard": scorecard})


def handed_in(submission: Submission, paper: str, seen: str | None, by: Person, at: datetime) -> Submission:
    """Returns beside the figures of a year. Whoever had agreed or approved does so anew, with these before them.

    `paper` holds all of them, `seen` those that stood there when they were written.
    """
    anew(submission, paper, seen)
    if submission.quarter is not None:
        raise refused(submission, "a quarter", "hand it in with the figures of the year")
    given = HandedIn(by=by.id, organisation=by.organisation, at=at, paper=paper)
    update = {"handed_in": (*submission.handed_in, given), "agreed": (), "approved": ()}
    return moved(submission, "hand in", by).model_copy(update=update)


def anew(submission: Submission, paper: str, seen: str | None) -> None:
    """Refuse returns that change nothing, or would write over what somebody else handed in meanwhile."""
    if seen != submission.returns:
        last = submission.handed_in[-1].by if submission.handed_in else "nobody"
        expected = "look at what stands there now, and hand in yours with it"
        raise refused(submission, f"other figures, handed in by {last} since you opened the form", expected)
    if paper == submission.returns:
        raise refused(submission, "the same figures again", "change one, or leave them as they are")


def agreed(submission: Submission, agreement: Agreement, by: Person, at: datetime) -> Submission:
    """The word of a party that the figures stand, but for the lines in dispute. The last one ends the review."""
    if by.id in submission.givers:
        raise refused(submission, "agreement by a person who gave figures", "somebody else has to agree")
    mine = consents(agreement, by, submission.agreed)
    if not mine:
        raise refused(
            submission, f"{by.organisation}, whose word is given or not needed", _waiting(agreement, submission.agreed)
        )
    given = (*submission.agreed, *(Consent(by=by.id, organisation=one, at=at) for one in mine))
    verb = "agree" if waiting_for(agreement, given) else "agree as the last"
    return moved(submission, verb, by).model_copy(update={"agreed": given})


def approved(submission: Submission, agreement: Agreement, by: Person, at: datetime) -> Submission:
    """An approval of the settlement. It takes one from each side, by two people, neither of whom submitted."""
    problems = []
    if submission.quarter is not None:
        problems.append(("a quarter", "a year is settled: submit the whole year"))
    if by.id in submission.givers:
        problems.append(("approval by a person who gave figures", "somebody else has to approve"))
    if submission.unanswered:
        problems.append((f"{len(submission.unanswered)} concerns about quality", "answer them first"))
    side = is_commissioner(agreement, by.organisation)
    if any(is_commissioner(agreement, one.organisation) == side for one in submission.approved):
        problems.append(("a second approval from the same side", "the other side has to approve"))
    if problems:
        raise Problems(tuple(p for one in problems for p in refused(submission, *one).problems))
    after = moved(submission, "approve", by)
    consent = Consent(by=by.id, organisation=by.organisation, at=at)
    return after.model_copy(update={"approved": (*submission.approved, consent)})


def both_sides(submission: Submission) -> bool:
    """Whether both sides have approved, so that it can be settled."""
    return len(submission.approved) == 2


def settled(submission: Submission, statement: str, adjusting: str | None, system: Person) -> Submission:
    """Settled by obc once both sides approved; `statement` is the digest of the document.

    `adjusting`: the digest of the entries that bring the ledger of what was settled before to it.
    """
    if not both_sides(submission):
        raise refused(submission, f"{len(submission.approved)} of 2 approvals", "one from each side is needed")
    held = tuple(one.id for one in submission.open_disputes)
    update = {"statement": statement, "adjusting": adjusting, "held_back": held}
    return moved(submission, "settle", system).model_copy(update=update)


def signed(
    submission: Submission, agreement: Agreement, party: str, paper: str, by: Person, at: datetime
) -> Submission:
    """A party's signature under the statement, which has been checked against its key before."""
    if party not in consents(agreement, by, ()):
        raise refused(submission, f"a signature of {party} brought by {by.organisation}", "bring your own")
    if party in {one.party for one in submission.signatures}:
        raise refused(submission, f"a second signature of {party}", "one is enough")
    made = Signed(party=party, by=by.id, at=at, paper=paper)
    return moved(submission, "sign", by).model_copy(update={"signatures": (*submission.signatures, made)})


def concern_raised(submission: Submission, concern: Concern, by: Person) -> Submission:
    """A representative's concern; it stands in the way of the settlement until it is answered."""
    if Role.REPRESENTATIVE not in by.roles:
        raise refused(submission, "a concern by somebody else", "representatives of patients and carers raise them")
    if submission.state in ("settled", "published", "restated", "sent back"):
        raise refused(submission, f"a concern when it is {submission.state}", "raise it on the next submission")
    return submission.model_copy(update={"concerns": (*submission.concerns, concern)})


def concern_answered(submission: Submission, concern: str, answer: str, by: Person) -> Submission:
    """An answer to a concern, for all to read."""
    if concern not in {one.id for one in submission.unanswered}:
        raise refused(submission, f"no unanswered concern '{concern}'", "name one that waits")
    if not answer.strip():
        raise refused(submission, "no answer", "write what was found and what is done")
    update = {"answer": answer.strip(), "answered_by": by.id}
    rest = tuple(one.model_copy(update=update) if one.id == concern else one for one in submission.concerns)
    return submission.model_copy(update={"concerns": rest})


def commented(submission: Submission, comment: Comment) -> Submission:
    """A remark, kept with the submission."""
    return submission.model_copy(update={"comments": (*submission.comments, comment)})


SYSTEM_PERSON = Person(id=SYSTEM, name="obc", organisation=SYSTEM, roles=(SYSTEM,))
"""The software, where it acts by the rules alone."""


def _waiting(agreement: Agreement, given: tuple[Consent, ...]) -> str:
    left = waiting_for(agreement, given)
    return f"it waits for {', '.join(left)}" if left else "all have agreed"


def refused(submission: Submission, found: str, expected: str) -> Problems:
    """What an act is refused with."""
    return refusal(f"submission {submission.id}", submission.period, found, expected)
