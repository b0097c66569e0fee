"""What was said and what was promised: what the commands print."""

from datetime import date
from pathlib import Path

from obc.bootstrap import managing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.programme.levers.feedback import Feedback
from obc.domain.programme.levers.promises import Promise, late_first
from obc.reports.wording import plural


def feedback(programme: str, trail: Path | None, contract: str, on: date, as_json: bool) -> None:
    """Print what was heard by theme, and what still waits for a reply."""
    levers, book = managing.managed(programme, contract, trail)
    heard = levers.heard(book.contract.id, on)
    own = [one for one in levers.feedback.records if one.contract == book.contract.id]
    if as_json:
        output.as_json(
            {
                "contract": book.contract.id,
                "on": on,
                "themes": [one.model_dump(mode="json") for one in heard],
                "feedback": [one.model_dump(mode="json", by_alias=False) for one in own],
            }
        )
        return
    rows = [
        (
            one.theme,
            str(one.heard),
            str(one.suggestions),
            f"{one.in_time} of {one.due}",
            str(one.changed),
            ", ".join((*one.indicators, *((one.expectation,) if one.expectation else ()))),
        )
        for one in heard
    ]
    output.table(("Theme", "Heard", "Suggestions", "Answered in time", "Changed", "Bears on"), rows, "lrrrrl")
    waiting = [one for one in own if one.state == "heard"]
    print(f"\n{plural(len(waiting), 'reply', 'replies')} outstanding: {', '.join(one.id for one in waiting) or 'none'}")


def hear(who: Acting, file: Path, as_json: bool) -> None:
    """Put feedback on file, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    _say_feedback(managing.hear(managing.levers_book(who.programme, who.trail), file, doing), as_json)


def answer(who: Acting, name: str, verb: str, says: str | None, as_json: bool) -> None:
    """Answer feedback, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    _say_feedback(managing.levers_book(who.programme, who.trail).answer(name, verb, says, doing), as_json)


def promises(programme: str, trail: Path | None, on: date, as_json: bool) -> None:
    """Print who promised what."""
    held = late_first(managing.levers_book(programme, trail).promises.records, on)
    late = [one.id for one in held if one.late(on)]
    if as_json:
        kept = [one.model_dump(mode="json", by_alias=False) for one in held]
        output.as_json({"programme": programme, "on": on, "promises": kept, "late": late})
        return
    rows = [(one.id, one.owner, one.due, "late" if one.late(on) else one.state, one.from_, one.title) for one in held]
    output.table(("Promise", "Owner", "Due", "State", "From", "What"), rows)
    print(f"\n{len(late)} of {plural(len(held), 'promise')} late.")


def promise(who: Acting, file: Path, as_json: bool) -> None:
    """Put a promise on file, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    _say_promise(managing.promise(managing.levers_book(who.programme, who.trail), file, doing), as_json)


def keep(who: Acting, name: str, verb: str, evidence: str | None, as_json: bool) -> None:
    """Move a promise on, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    _say_promise(managing.levers_book(who.programme, who.trail).keep(name, verb, evidence, doing), as_json)


def _say_feedback(one: Feedback, as_json: bool) -> None:
    if as_json:
        output.as_json({"feedback": one.model_dump(mode="json", by_alias=False)})
        return
    print(f"{one.id}, {one.theme}: {one.state}\n  said: {one.said}")
    for name, text in (("suggestion", one.suggestion), ("reply", one.reply), ("changed", one.change)):
        if text:
            print(f"  {name}: {text}")


def _say_promise(one: Promise, as_json: bool) -> None:
    if as_json:
        output.as_json({"promise": one.model_dump(mode="json", by_alias=False)})
        return
    print(f"{one.id}: {one.state}, {one.owner} by {one.due}\n  {one.title}")
    if one.evidence:
        print(f"  evidence: {one.evidence}")
