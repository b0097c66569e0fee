"""An assessment of bidders: as it stands, and the acts that carry it on. Each leaves a line in the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement import course as acts
from obc.domain.programme.procurement.assessment import Assessment, check_factors
from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.bidders import strength_map
from obc.domain.programme.procurement.conflicts import declared
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.feedback import Feedback, feedback
from obc.domain.programme.procurement.first_records import FirstRecords, check_first
from obc.domain.programme.procurement.law import Law
from obc.domain.programme.procurement.procedure import Decision, Procedure, Representation
from obc.domain.programme.procurement.ranking import Ranking, rank
from obc.domain.programme.procurement.scores import Checked, Moderated, Score, checked, moderated, scored
from obc.domain.programme.procurement.sensitivity import sensitivity
from obc.domain.programme.procurement.standstill import Waiting, waiting
from obc.services.register import Doing, Register, Trail

COURSE = "assessment"

Turn = Callable[[Procedure], Procedure]


@dataclass(frozen=True)
class AssessmentBook:
    """An assessment's rules, its first records, the definitions it is read by, and its trail."""

    rules: Assessment
    first: FirstRecords
    factors: Factors
    law: Law
    holidays: Holidays
    people: People
    trail: Trail

    def __post_init__(self) -> None:
        """Refuse rules that lack a factor or name what is nowhere, and records that break them. Raises `Problems`."""
        check_factors(self.rules, self.factors)
        self.law.process(self.rules.process)
        for name in (*self.rules.assessors, self.rules.moderator, self.rules.decides):
            self.people.named(name)
        check_first(self.rules, self.first, self.people)

    @property
    def courses(self) -> Register[Procedure]:
        """Where the assessment stands."""
        return Register(COURSE, Procedure, (self.first.stands,), self.trail)

    @property
    def checks(self) -> Register[Checked]:
        """What was passed or failed."""
        return Register("assessment-check", Checked, self.first.checked, self.trail)

    @property
    def scores(self) -> Register[Score]:
        """What single assessors gave."""
        return Register("score", Score, self.first.scores, self.trail)

    @property
    def agreed(self) -> Register[Moderated]:
        """What the panel agreed on."""
        return Register("moderated-score", Moderated, self.first.moderated, self.trail)

    def course(self) -> Procedure:
        """Where it stands, if its rules are still those that were published. Raises `Problems`."""
        course = self.courses.named(COURSE)
        acts.rules_hold(self.rules, course)
        return course

    def ranking(self) -> Ranking:
        """The ranking as it stands."""
        return rank(self.rules, self.factors, self.agreed.records, self.checks.records)

    def waiting(self) -> Waiting | None:
        """The standstill; None before the notice, and where the law lays none down."""
        rule = self.law.standstill_of(self.law.process(self.rules.process))
        return waiting(rule, self.holidays, self.courses.named(COURSE)) if rule else None

    def standing(self) -> AssessmentStanding:
        """How it all stands. Raises `Problems`."""
        course, checks, agreed = self.course(), self.checks.records, self.agreed.records
        titles = [(one.id, one.title) for one in self.factors.factors]
        return AssessmentStanding(
            rules=self.rules,
            factors=self.factors,
            process=self.law.process(self.rules.process),
            course=course,
            checks=checks,
            scores=self.scores.records,
            moderated=agreed,
            ranking=rank(self.rules, self.factors, agreed, checks),
            sensitivity=sensitivity(self.rules, self.factors, agreed, checks),
            strength=tuple(strength_map(one, self.rules.services, titles) for one in self.rules.bidders),
            waiting=self.waiting(),
            conflicts=declared(self.rules, self.people),
        )

    def feedback_to(self, bidder: str) -> Feedback:
        """What a bidder is told, once the decision is out. Raises `Problems` before."""
        course = self.course()
        if course.notice is None:
            raise refusal("assessment", "feedback", f"an assessment that is {course.state}", "give notice first")
        ranking = self.ranking()
        return feedback(self.rules, self.factors, ranking, self.agreed.records, self.checks.records, bidder)

    def publish_criteria(self, doing: Doing) -> Procedure:
        """Publish rules that can no longer change. Raises `Problems`."""
        on = doing.at.date()
        return self._carry(
            "publish the criteria", doing, lambda c: acts.criteria_published(c, doing.by, on, self.rules)
        )

    def check(self, given: Checked, doing: Doing) -> Checked:
        """Record whether a bidder passes an item. Raises `Problems`."""
        record = checked(self.rules, self.course(), doing.by, given)
        return _put(self.checks, record, "check", doing)

    def score(self, given: Score, doing: Doing) -> Score:
        """Record what an assessor gives; given again, the earlier one stays in the trail. Raises `Problems`."""
        course = self.course()
        acts.assessable(self.law.process(self.rules.process), course, doing.at.date())
        record = scored(self.rules, course, doing.by, given, self.checks.records)
        return _put(self.scores, record, "score", doing)

    def moderate(self, given: Moderated, doing: Doing) -> Moderated:
        """Record what the panel agreed on. Raises `Problems`."""
        record = moderated(self.rules, self.course(), doing.by, given, self.scores.records)
        return _put(self.agreed, record, "moderate", doing)

    def close_scoring(self, doing: Doing) -> Procedure:
        """Close scoring, when every score and check is there. Raises `Problems`."""
        scores, checks, found = self.scores.records, self.checks.records, declared(self.rules, self.people)
        return self._carry(
            "close scoring", doing, lambda c: acts.scoring_closed(c, doing.by, self.rules, scores, checks, found)
        )

    def conclude(self, doing: Doing) -> Procedure:
        """Conclude moderation with a winner. Raises `Problems`."""
        agreed, checks, ranking, on = self.agreed.records, self.checks.records, self.ranking(), doing.at.date()
        return self._carry(
            "conclude", doing, lambda c: acts.concluded(c, doing.by, on, self.rules, agreed, checks, ranking)
        )

    def give_notice(self, doing: Doing) -> Procedure:
        """Publish the intention to award; the standstill begins on the day after. Raises `Problems`."""
        ranking, on = self.ranking(), doing.at.date()
        return self._carry("give notice", doing, lambda c: acts.notice_given(c, doing.by, on, ranking))

    def represent(self, given: Representation, doing: Doing) -> Procedure:
        """Receive a representation. Raises `Problems`."""
        wait = self.waiting()
        if wait is None:
            found = f"no standstill for '{self.rules.process}', or no notice yet"
            raise refusal("standstill", "representation", found, "it can be made within the standstill after a notice")
        return self._carry(
            "receive a representation",
            doing,
            lambda c: acts.represented(c, doing.by, self.rules, given, wait),
        )

    def review(self, outcome: str, doing: Doing) -> Procedure:
        """Decide on representations. Raises `Problems`."""
        decision = Decision(on=doing.at.date(), by=doing.by.id, outcome=outcome, because=doing.why.strip() or "–")
        return self._carry(outcome, doing, lambda c: acts.reviewed(c, doing.by, self.rules, outcome, decision))

    def award(self, doing: Doing) -> Procedure:
        """Award the contract. Raises `Problems`."""
        ranking, wait, on = self.ranking(), self.waiting(), doing.at.date()
        return self._carry(
            "award", doing, lambda c: acts.awarded(c, doing.by, on, doing.why, self.rules, ranking, wait)
        )

    def abandon(self, doing: Doing) -> Procedure:
        """Give the assessment up. Raises `Problems`."""
        return self._carry("abandon", doing, lambda c: acts.abandoned(c, doing.by))

    def _carry(self, verb: str, doing: Doing, turn: Turn) -> Procedure:
        self.course()
        return self.courses.change(COURSE, verb, doing, turn)


R = TypeVar("R", Checked, Score, Moderated)


def _put(register: Register[R], record: R, verb: str, doing: Doing) -> R:
    """The record added, or turned where there is one: what it was stays in the trail."""
    if any(one.id == record.id for one in register.records):
        return register.change(record.id, verb, doing, lambda _: record)
    return register.add(record, verb, doing)
