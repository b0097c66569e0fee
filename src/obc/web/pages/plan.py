"""The plan: what is late, what holds up the whole, and how each task goes."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse

from obc.bootstrap import programme_pages
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.programme.gates.plan import TASK, Task
from obc.domain.programme.gates.programme import Handover
from obc.services import keep_plan
from obc.services.governance import Governance
from obc.services.register import Doing
from obc.web.access import Visit, now, page
from obc.web.acts import Act, Field, Sent, acting


@page("programmes/<slug:book>/plan/", Right.READ_PROGRAMME, to_send=Right.ACT_IN_PROGRAMME)
def tasks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """For whoever runs the programme, and each owner: what is late, what holds up the whole, what do I do next?"""
    governed = visit.held.governance
    asked, days = request.GET.get("task", ""), request.GET.get("days", "")
    known = [one for one in governed.tasks.records if one.state in ("to do", "begun")]
    slip, problems = None, ()
    if asked or days:
        if any(one.id == asked for one in known) and days.isascii() and days.isdigit() and 0 < int(days) <= 3660:
            slip = asked, int(days)
        else:
            expected = "choose a task, and write a number of days up to 3660"
            problems = (Problem(file="plan", where="days", found=f"'{days}'", expected=expected),)
    try:
        document = programme_pages.plan(visit.held, now().date(), slip)
    except Problems as error:
        document, problems = programme_pages.plan(visit.held, now().date(), None), error.problems
    context = {
        "document": document,
        "back": (("programme.overview", visit.held.id), "Programme"),
        "tasks": known,
        "asked": (asked, days),
        "problems": problems,
    }
    return acting(request, visit, "plan.jinja", context, tuple(_acts(governed)))


def _acts(governed: Governance) -> Iterator[Act]:
    free = [one for one in governed.tasks.records if one.gate is None]
    kinds: tuple[tuple[str, str, Callable[[Governance, str, Doing], Task]], ...] = (
        ("begin", "Say that a task has begun", keep_plan.begin),
        ("finish", "Say that a task is done", keep_plan.finish),
        ("supersede", "Drop a task", keep_plan.drop),
    )
    for verb, title, does in kinds:
        offered = [one for one in free if verb in TASK.verbs(one.state)]
        if offered:
            yield Act(verb, title, _of_task(governed, does), (_which(offered),))
        if verb == "finish":
            yield from _slip(governed)
    for one in governed.handovers.records:
        yield _handover(governed, one)


def _slip(governed: Governance) -> Iterator[Act]:
    live = [one for one in governed.tasks.records if TASK.verbs(one.state)]
    if not live:
        return
    fields = (
        _which(live),
        Field("days", "How many days does it take now?", "number", hint="leave empty to keep it as it is"),
        Field("not_before", "On which day can it begin at the earliest?", "day", hint="as 2016-10-01, or empty"),
        Field("due", "Which day is promised now?", "day", hint="as 2016-10-01, or empty"),
    )
    says = "What was promised before stays in the history, with your reason."
    yield Act(
        "replan", "Let a task slip, or plan it anew", _replan(governed), fields, why="Why does it move?", says=says
    )


def _which(offered: list[Task]) -> Field:
    return Field("task", "Which task?", "choice", tuple((one.id, f"{one.title} ({one.owner})") for one in offered))


def _of_task(governed: Governance, does: Callable[[Governance, str, Doing], Task]) -> Callable[[Sent, Doing], object]:
    return lambda sent, doing: does(governed, sent.choice("task"), doing)


def _replan(governed: Governance) -> Callable[[Sent, Doing], object]:
    def replanned(sent: Sent, doing: Doing) -> Task:
        days, not_before, due = sent.maybe_number("days"), sent.maybe_day("not_before"), sent.maybe_day("due")
        return keep_plan.replan(governed, sent.choice("task"), days, not_before, due, doing)

    return replanned


def _handover(governed: Governance, one: Handover) -> Act:
    sides = tuple((side.contract, side.contract.replace("-", " ")) for side in (one.giver, one.taker))
    fields = (
        Field("contract", "Which side do you speak for?", "choice", sides),
        Field("pounds", "How much money goes with them a year, in whole pounds?", "number"),
    )

    def stated(sent: Sent, doing: Doing) -> Handover:
        amount = sent.number("pounds") * 100
        return keep_plan.state_handover(governed, one.id, sent.choice("contract"), amount, None, doing)

    title = f"State what is handed over: {one.what}"
    return Act("state", title, stated, fields, record=one.id, says="Both sides must say the same.")
