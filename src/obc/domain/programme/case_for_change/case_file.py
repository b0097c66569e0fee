"""What `case.yaml` says: the case that is not money, and what people judged."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.case_for_change.appraisal import Appraisal
from obc.domain.programme.case_for_change.consequences import Consequence
from obc.domain.programme.case_for_change.interventions import Interventions
from obc.domain.programme.case_for_change.literature import Literature
from obc.domain.programme.case_for_change.measures import PerformanceMeasure
from obc.domain.programme.case_for_change.need import Practices, Prevalence, Problem
from obc.domain.programme.case_for_change.questions import Question


class Decision(Written):
    """Who is asked to decide what, and by when."""

    asks: str
    of: str
    by: date | None = None
    source: str


class Change(Written):
    """One thing that is to be different: part of the vision."""

    says: str
    source: str


class CaseFile(Written):
    """Need, problems, measures, literature, interventions, appraisal, questions, consequences."""

    decision: Decision | None = None
    prevalence: tuple[Prevalence, ...] = ()
    practices: Practices | None = None
    problems: tuple[Problem, ...] = ()
    measures: tuple[PerformanceMeasure, ...] = ()
    vision: tuple[Change, ...] = ()
    literature: Literature | None = None
    interventions: Interventions | None = None
    appraisal: Appraisal | None = None
    questions: tuple[Question, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for key, i, name in self._named_twice():
            raise wrong(f"'{name}' twice", "give each an id of its own", key, i, "id")
        return self

    def _named_twice(self) -> Iterator[tuple[str, int, str]]:
        named = {
            "problems": [one.id for one in self.problems],
            "measures": [one.id for one in self.measures],
            "questions": [one.id for one in self.questions],
            "consequences": [one.id for one in self.consequences],
        }
        for key, ids in named.items():
            for i, name in enumerate(ids):
                if name in ids[:i]:
                    yield key, i, name
