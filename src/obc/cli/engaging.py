"""Acts on engagement and the change: done, written to the trail, and said."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.engagement import communications, doing, engagement, new_record
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.core.kernel.rate import exact
from obc.domain.programme.engagement.benefits import Reading
from obc.domain.programme.engagement.events import Event
from obc.domain.programme.engagement.statements import Verdict
from obc.loaders.cures import cure
from obc.loaders.programme import ProgrammeFolder, open_programme
from obc.services.communications import Communications
from obc.services.communications import measure_benefit as measured
from obc.services.engagement import Engagement, add_event, add_finding, record_statement
from obc.services.register import Doing


@contextmanager
def said_plainly(acting: Acting) -> Iterator[None]:
    """What an option makes of a record that cannot be, told as a problem of the input."""
    try:
        yield
    except ValidationError as error:
        problems = []
        for one in error.errors(include_url=False):
            found, expected = cure(one)
            where = " / ".join(map(str, one["loc"])) or "the record"
            problems.append(Problem(file=acting.programme, where=where, found=found, expected=expected))
        raise Problems(tuple(problems)) from error


def heard(acting: Acting, as_json: bool, turn: Callable[[Engagement, Doing], Written]) -> None:
    """Do something to the engagement and say how the record stands."""
    programme, who = _opened(acting)
    with said_plainly(acting):
        _say(acting, turn(engagement(programme), who), as_json)


def ready(acting: Acting, as_json: bool, turn: Callable[[Communications, Doing], Written]) -> None:
    """Do something to the change and say how the record stands."""
    programme, who = _opened(acting)
    with said_plainly(acting):
        _say(acting, turn(communications(programme), who), as_json)


def add(acting: Acting, kind: str, file: Path, as_json: bool) -> None:
    """Add the event or finding of a file."""
    programme, who = _opened(acting)
    register, record = engagement(programme), new_record(file, kind)
    made = add_event(register, record, who) if isinstance(record, Event) else add_finding(register, record, who)
    _say(acting, made, as_json)


def endorse(
    acting: Acting,
    statement: str,
    group: str,
    says: Verdict,
    outcomes: Sequence[str],
    reservations: str | None,
    source: str,
    worded_in: str | None,
    as_json: bool,
) -> None:
    """Record what a reference group says of outcomes, in the words of the contract or of another."""
    worded = load_contract(worded_in).framework if worded_in else None
    heard(
        acting,
        as_json,
        lambda register, who: record_statement(
            register, statement, group, says, outcomes, reservations, source, who, worded
        ),
    )


def measure_benefit(acting: Acting, benefit: str, value: str, day: date, source: str, as_json: bool) -> None:
    """Add a reading to a benefit."""
    try:
        number = exact(value)
    except ValueError as error:
        raise refusal(f"benefit '{benefit}'", "--value", f"'{value}'", str(error)) from error
    ready(
        acting,
        as_json,
        lambda change, who: measured(change, benefit, Reading(value=number, on=day, source=source), who),
    )


def _opened(acting: Acting) -> tuple[ProgrammeFolder, Doing]:
    programme = open_programme(acting.programme, acting.trail)
    return programme, doing(programme, acting.by, acting.at, acting.why)


def _say(acting: Acting, record: Written, as_json: bool) -> None:
    content = record.model_dump(mode="json", exclude_none=True)
    if as_json:
        output.as_json({"record": content})
        return
    state = f" is {content['state']}" if "state" in content else ""
    print(f"'{content['id']}'{state or ' is recorded'}. Done by {acting.by}: {acting.why.strip()}")
