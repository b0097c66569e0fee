"""Records that a file brings along, from before there was a trail. They obey the rules that acts obey."""

from collections.abc import Callable, Iterator
from typing import Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import People, Text
from obc.domain.core.kernel.problem import Problem, Problems, wrong
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.procedure import ASSESSMENT, MODERATION, SCORING, Procedure
from obc.domain.programme.procurement.scores import Checked, Moderated, Score, moderated, scored


class FirstRecords(Written):
    """`assessment-records.yaml`: where the assessment stands, and what was scored before there was a trail."""

    stands: Procedure = Procedure()
    checked: tuple[Checked, ...] = ()
    scores: tuple[Score, ...] = ()
    moderated: tuple[Moderated, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.stands.state not in ASSESSMENT.states:
            known = ", ".join(ASSESSMENT.states)
            raise wrong(f"'{self.stands.state}'", f"write one of {known}", "stands", "state")
        for key in ("checked", "scores", "moderated"):
            ids = [one.id for one in getattr(self, key)]
            for i, name in enumerate(ids):
                if name in ids[:i]:
                    raise wrong(f"'{name}' twice", "record it once", key, i)
        return self


def check_first(rules: Assessment, first: FirstRecords, people: People) -> None:
    """Refuse records that no act could have left: no score comes in by the side door. Raises `Problems`."""
    problems = tuple(_problems(rules, first, people))
    if problems:
        raise Problems(problems)


def _problems(rules: Assessment, first: FirstRecords, people: People) -> Iterator[Problem]:
    scoring, moderation = (first.stands.model_copy(update={"state": state}) for state in (SCORING, MODERATION))
    for check in first.checked:
        yield from _refused(rules.bidder, check.bidder)
        yield from _refused(rules.item, check.item)
    for score in first.scores:
        found = _refused(people.named, score.by)
        yield from found or _refused(scored, rules, scoring, people.named(score.by), score, first.checked)
    for done in first.moderated:
        yield from _refused(moderated, rules, moderation, people.named(rules.moderator), done, first.scores)


def _refused(rule: Callable[..., object], *given: object) -> tuple[Problem, ...]:
    try:
        rule(*given)
    except Problems as error:
        return error.problems
    return ()
