"""The command line: which commands there are, and how problems of the input are told."""

import gc
import signal
import sys
from collections.abc import Callable

import typer

from obc.cli import output
from obc.cli.commands import (
    assessment,
    begin,
    change,
    contract,
    documents,
    engage,
    escalation,
    exchange,
    feedback,
    gate,
    govern,
    lever,
    measure,
    people,
    prepare,
    promise,
    records,
    risk,
    route,
    settle,
    task,
    watch,
    web,
)
from obc.cli.first_command import FirstUnnamed


def _group(help_: str | None, first_unnamed: bool = False) -> typer.Typer:
    return typer.Typer(
        help=help_,
        cls=FirstUnnamed if first_unnamed else None,
        no_args_is_help=not first_unnamed,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


app = _group("Outcomes-based commissioning: from person-level records to a settlement that can be proved.")

TOP: tuple[Callable[..., None], ...] = (
    begin.demo,
    begin.new,
    measure.measure,
    measure.explain,
    measure.adjust,
    settle.score,
    settle.settle,
    settle.restate,
    settle.verify,
    settle.sign,
    settle.key,
    settle.accounts,
    watch.power,
    watch.forecast,
    documents.case,
    engage.engagement,
    engage.communications,
    govern.gates,
    govern.portfolio,
    govern.plan,
    govern.risks,
    govern.impact,
    govern.trail,
    lever.levers,
    lever.savings,
    exchange.compare,
    exchange.export,
    web.serve,
    web.work,
    web.backup,
    web.restore,
    web.token,
)
"""The commands of one word."""

FIRST_UNNAMED = ("assessment", "gate", "change", "escalation", "feedback", "promise", "route")
"""Groups whose first command runs where the second word names none."""

GROUPS: tuple[tuple[str, str, tuple[Callable[..., None], ...]], ...] = (
    ("audit", "Check the audit trail, and write its head down elsewhere.", (web.verify, web.anchor)),
    (
        "assessment",
        "Judge bidders: scores, moderation, standstill, award.",
        (
            assessment.show,
            assessment.publish,
            assessment.check,
            assessment.score,
            assessment.close,
            assessment.moderate,
            assessment.conclude,
            assessment.notice,
            assessment.represent,
            assessment.review,
            assessment.award,
            assessment.abandon,
            assessment.feedback,
        ),
    ),
    (
        "contract",
        "Look after a contract: its folder, schedules, transition, readiness.",
        (begin.check, contract.schedules, contract.transition, contract.readiness, contract.act, contract.go_live),
    ),
    (
        "change",
        "Change a contract: proposed, agreed by every party, effective.",
        (change.show, change.propose, change.agree, change.refuse, change.withdraw, change.take_effect),
    ),
    (
        "escalation",
        "Take a breach from a quiet word to a sanction, by the policy.",
        (
            escalation.show,
            escalation.open_,
            escalation.move,
            escalation.analyse,
            escalation.agree,
            escalation.withhold,
            escalation.circumstances,
        ),
    ),
    ("lever", "Pull a lever, renew it, let it go.", (lever.pull, lever.renew, lever.let_go)),
    ("feedback", "What patients and carers say, all term.", (feedback.show, feedback.hear, feedback.answer)),
    (
        "people",
        "Say who may do what: accounts and roles.",
        (people.show, people.add, people.give, people.end, people.lock, people.unlock, people.link),
    ),
    ("keys", "Look after the keys of a party.", (settle.rotate,)),
    ("promise", "Who does what by when.", (promise.show, promise.make, promise.keep)),
    (
        "records",
        "Make and check person-level records.",
        (records.make, records.check, records.pseudonymise, records.clusters),
    ),
    (
        "engage",
        "Record what was heard, answered, endorsed, said and measured.",
        (
            engage.add,
            engage.hold,
            engage.cancel,
            engage.answer,
            engage.tell,
            engage.reopen,
            engage.endorse,
            engage.withdraw,
            prepare.item,
            prepare.send,
            prepare.drop,
            prepare.ask,
            prepare.reply,
            prepare.publish,
            prepare.take_back,
            prepare.measure,
        ),
    ),
    (
        "route",
        "The route to contract: advice, the law, market activity, local variation.",
        (route.advise, route.law, route.step, route.activity, route.evidence, route.publish),
    ),
    (
        "gate",
        "Act at a gate: open, gather, judge, vote, decide, follow up.",
        (
            gate.show,
            gate.open_,
            gate.gather,
            gate.judge,
            gate.vote,
            gate.decide,
            gate.report,
            gate.accept,
            gate.send_back,
            gate.reopen,
            gate.supersede,
        ),
    ),
    (
        "risk",
        "Keep the register of risks.",
        (
            risk.raise_,
            risk.assess,
            risk.control,
            risk.review,
            risk.escalate,
            risk.take_back,
            risk.close,
            risk.reopen,
            risk.supersede,
        ),
    ),
    ("task", "Keep the plan.", (task.begin, task.finish, task.replan, task.drop)),
    ("handover", "Agree on people and money between contracts.", (task.state,)),
    (
        "report",
        "Documents for people: page, PDF, DOCX, workbook.",
        (
            documents.business_case,
            contract.contract,
            engage.board_paper,
            documents.monitoring,
            documents.data_quality,
            documents.gaming,
            watch.equality,
        ),
    ),
)
"""The commands of two words: the first, what it is for, the second ones."""

for command in TOP:
    app.command()(command)
for name, purpose, commands in GROUPS:
    group = _group(purpose, name in FIRST_UNNAMED)
    group.callback()(lambda: None)  # keeps the second word also where there is one command
    for command in commands:
        group.command(command.__name__.strip("_").replace("_", "-"))(command)  # `open_`: Python has its own `open`
    app.add_typer(group, name=name)


SELDOM = 100_000, 20, 100
"""A command ends before much of what it made is garbage: looking for it less often halves the time of a statement."""


STOPPED = 130
"""The status of a command that somebody stopped: 128 and the number of the signal."""


def run() -> None:
    """The entry point: problems of the input are told all at once and end with status 1, Ctrl-C with 130."""
    gc.set_threshold(*SELDOM)
    stops = []

    def stop(*_: object) -> None:
        stops.append(1)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        _run()
    except BaseException as error:  # of what a stop interrupts every layer makes an error of its own
        if not stops or (isinstance(error, SystemExit) and not error.code):
            raise
        print("Stopped. No file is left half written.", file=sys.stderr)
        sys.exit(STOPPED)
    finally:
        signal.signal(signal.SIGINT, before)


def _run() -> None:
    machine = "json" in sys.argv[1:] or "--format=json" in sys.argv[1:]
    try:
        app()
    except Exception as error:  # `Problems` by what it carries: importing its class would slow `obc --help`
        problems = getattr(error, "problems", None)
        if problems is None:
            raise
        if machine:
            output.problems_as_json(problems)
        else:
            output.say_problems(problems)
        sys.exit(output.INPUT_HAS_PROBLEMS)


if __name__ == "__main__":
    run()
