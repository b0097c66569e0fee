"""Acts of a page: each a form with its questions; what is sent is done, or refused with what was typed kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from pydantic import BaseModel, ValidationError

from obc.bootstrap import programmes
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.services.register import Doing
from obc.web.access import Visit, now
from obc.web.downloads import showed
from obc.web.words import anchor

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Field:
    """One question of a form. `options`: (value, words); `many`: any number of them may be ticked."""

    name: str
    label: str
    kind: Literal["line", "long", "day", "number", "choice", "many"] = "line"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    value: str = ""


@dataclass(frozen=True)
class Act:
    """Something that can be done on a page, to `record`. Every act asks why; the answer goes into the trail."""

    verb: str
    title: str
    does: "Callable[[Sent, Doing], object]"
    fields: tuple[Field, ...] = ()
    record: str = ""
    why: str = "Why?"
    says: str = ""

    @property
    def key(self) -> str:
        """Its place in the page."""
        return anchor(f"act-{self.verb}-{self.record}")


@dataclass(frozen=True)
class Sent:
    """What was typed into the form of an act. Each answer is read, or refused by the words of its question."""

    act: Act
    typed: QueryDict

    def maybe(self, name: str) -> str | None:
        """A text, or nothing."""
        return self.typed.get(name, "").strip() or None

    def text(self, name: str) -> str:
        """A text that has to be there."""
        return self.maybe(name) or self._ask(name, "nothing", "answer it")

    def day(self, name: str) -> date:
        """A day that has to be there."""
        return self.maybe_day(name) or self._ask(name, "nothing", "write a day, as 2016-10-01")

    def maybe_day(self, name: str) -> date | None:
        """A day, or nothing."""
        given = self.maybe(name)
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            return self._ask(name, f"'{given}'", "write a day, as 2016-10-01")

    def maybe_number(self, name: str) -> int | None:
        """A whole number from 0 on, or nothing."""
        given = self.maybe(name)
        if given is not None and not (given.isascii() and given.isdigit() and len(given) <= 9):
            return self._ask(name, f"'{given}'", "write a whole number")
        return None if given is None else int(given)

    def number(self, name: str) -> int:
        """A whole number that has to be there."""
        found = self.maybe_number(name)
        return self._ask(name, "nothing", "write a whole number") if found is None else found

    def choice(self, name: str) -> str:
        """One of the answers that are offered."""
        offered = [value for value, _ in self._field(name).options]
        given = self.typed.get(name, "")
        return given if given in offered else self._ask(name, f"'{given}'", "choose one of the answers")

    def many(self, name: str) -> tuple[str, ...]:
        """Those of the answers that were ticked; perhaps none."""
        offered = [value for value, _ in self._field(name).options]
        given = self.typed.getlist(name)
        return tuple(one if one in offered else self._ask(name, f"'{one}'", "choose among them") for one in given)

    def model(self, model: type[M], content: Mapping[str, Any]) -> M:
        """A record of what was typed. Raises `Problems`: every part of it that cannot be."""
        try:
            return model.model_validate(content)
        except ValidationError as error:
            raise Problems(_problems(error, self.act)) from error

    def _field(self, name: str) -> Field:
        return next(one for one in self.act.fields if one.name == name)

    def _ask(self, name: str, found: str, expected: str) -> Any:
        raise refusal("the form", self._field(name).label, found, expected)


@dataclass(frozen=True)
class Refused:
    """An act that was refused: which form, why, and what was typed."""

    key: str
    problems: tuple[Problem, ...]
    typed: QueryDict

    def value(self, act: Act, field: Field) -> str:
        """What to put into a field again."""
        return self.typed.get(field.name, "") if self.key == act.key else field.value


def acting(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, Any], acts: Sequence[Act]
) -> HttpResponse:
    """A page with its acts: shown, or, where something was sent, done or refused.

    Acts are offered to who has the right to act and is somebody of the programme; its own rules decide the rest.
    """
    known = visit.may(Right.ACT_IN_PROGRAMME) and programmes.actor(visit.held, visit.person.id) is not None
    shown = {"visit": visit, "acts": acts if known else (), **context}
    if request.method != "POST":
        return showed(request, template, {**shown, "refused": None})
    act = next((one for one in acts if (one.verb, one.record) == _meant(request)), None)
    try:
        if act is None:
            offered = ", ".join(f"'{one.title}'" for one in acts) or "nothing"
            raise refusal(
                "the page", request.POST.get("verb", "") or "nothing", "no act of it now", f"it has {offered}"
            )
        done = programmes.doing(visit.held, visit.person.id, now(), request.POST.get("why", "").strip())
        act.does(Sent(act, request.POST), done)
    except (Problems, ValidationError) as error:
        problems = error.problems if isinstance(error, Problems) else _problems(error, act)
        refused = Refused(act.key if act else "", problems, request.POST)
        return render(request, template, {**shown, "refused": refused}, status=422)
    messages.success(request, f"Done: {act.title}.")
    return redirect(request.path)


def _problems(error: ValidationError, act: Act | None) -> tuple[Problem, ...]:
    """What cannot be in a record, by the words of its model."""
    found = []
    for one in error.errors():
        where = " ".join(str(part) for part in one["loc"]) or (act.title if act else "the record")
        said = one["ctx"] if one["type"] == "wrong" else {"found": f"'{one['input']}'", "expected": one["msg"]}
        found.append(Problem(file="the form", where=where, found=str(said["found"]), expected=str(said["expected"])))
    return tuple(found)


def _meant(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("verb", ""), request.POST.get("record", "")
