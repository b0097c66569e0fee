"""Questions that people ask of the programme, and the answers that are published."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.states import Machine, Move
from obc.domain.programme.engagement.missing import Missing

AskedState = Literal["asked", "answered", "published"]

ASKED = Machine(
    name="the question",
    first="asked",
    moves={
        "asked": {"reply": Move("answered", ("engagement lead", "clinical lead", "programme manager"))},
        "answered": {
            "publish": Move("published", ("programme director", "communications lead", "accountable officer")),
            "take back": Move("asked", ("programme director", "communications lead", "accountable officer")),
        },
        "published": {"take back": Move("asked", ("programme director", "communications lead", "accountable officer"))},
    },
)
"""Who wrote an answer does not publish it."""


class Asked(Written):
    """A question, when and where it came up, and the answer. Never the name of who asked."""

    id: Slug
    asks: Text
    on: date
    at: Slug | None = None
    state: AskedState = "asked"
    answer: Text | None = None
    answered_by: Slug | None = None
    source: Text

    @model_validator(mode="after")
    def _answered(self) -> Self:
        if (self.state == "asked") != (self.answer is None) or (self.answer is None) != (self.answered_by is None):
            raise wrong(f"'{self.state}'", "give the answer and who wrote it, once there is one", "answer")
        return self


def replied(asked: Asked, answer: str, by: str, roles: tuple[str, ...]) -> Asked:
    """The question with its answer, not yet published. Raises `Problems`."""
    state = ASKED.after(asked.state, "reply", roles, f"question '{asked.id}'")
    return Asked.model_validate(asked.model_dump() | {"state": state, "answer": answer, "answered by": by})


def published(asked: Asked, by: str, roles: tuple[str, ...]) -> Asked:
    """The question with its answer for all to read. Raises `Problems` where the writer would publish their own."""
    state = ASKED.after(asked.state, "publish", roles, f"question '{asked.id}'")
    if by == asked.answered_by:
        raise refusal(f"question '{asked.id}'", "publish", f"{by}, who wrote the answer", "somebody else publishes it")
    return Asked.model_validate(asked.model_dump() | {"state": state})


def taken_back(asked: Asked, roles: tuple[str, ...]) -> Asked:
    """The question without its answer, which stays in the trail. Raises `Problems`."""
    state = ASKED.after(asked.state, "take back", roles, f"question '{asked.id}'")
    return Asked.model_validate(asked.model_dump() | {"state": state, "answer": None, "answered by": None})


def unpublished(questions: Sequence[Asked], within: int, on: date) -> Iterator[Missing]:
    """Questions without a published answer `within` so many days."""
    for one in questions:
        if one.state != "published" and one.on + timedelta(days=within) < on:
            stands = "no answer" if one.state == "asked" else "an answer that nobody has published"
            said = f"asked on {one.on}, {stands} after {(on - one.on).days} days; {within} are allowed"
            yield Missing(what="an answer", which=one.id, says=said)
