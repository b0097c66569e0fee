"""The change and its communications: checklist, messages, questions, benefits; each act on them."""

from dataclasses import dataclass
from datetime import date

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.engagement.asked import Asked, published, replied, taken_back
from obc.domain.programme.engagement.benefits import Benefit, Reading, measured
from obc.domain.programme.engagement.change_file import ChangeFile, ChangeRecords, Readiness, readiness
from obc.domain.programme.engagement.checklist import Item, settled
from obc.domain.programme.engagement.communications import Message, dropped, sent
from obc.domain.programme.engagement.events import Side
from obc.services.register import Doing, Register

ASKING = ("engagement lead", "communications lead", "programme manager", "patient representative")
"""Who may put a question into the register."""


@dataclass(frozen=True)
class Communications:
    """The registers of one programme's change. `sides`: whose view each stakeholder group is."""

    file: ChangeFile
    sides: dict[str, Side]
    checklist: Register[Item]
    messages: Register[Message]
    questions: Register[Asked]
    benefits: Register[Benefit]

    def readiness(self, on: date) -> Readiness:
        """The change as it stands on a day."""
        records = ChangeRecords(
            self.file, self.checklist.records, self.messages.records, self.questions.records, self.benefits.records
        )
        return readiness(records, self.sides, on)


def settle_item(change: Communications, item: str, verb: str, shows: str | None, doing: Doing) -> Item:
    """Check an item off, set it aside, or reopen it. Raises `Problems`."""
    return change.checklist.change(item, verb, doing, lambda one: settled(one, verb, shows, doing.by.roles))


def send_message(change: Communications, message: str, doing: Doing) -> Message:
    """A message went out. Raises `Problems`."""
    roles, today = doing.by.roles, doing.at.date()
    return change.messages.change(message, "send", doing, lambda one: sent(one, roles, today))


def drop_message(change: Communications, message: str, doing: Doing) -> Message:
    """A message will not go out. Raises `Problems`."""
    return change.messages.change(message, "drop", doing, lambda one: dropped(one, doing.by.roles))


def ask(change: Communications, question: str, asks: str, at: str | None, source: str, doing: Doing) -> Asked:
    """A question came up. Raises `Problems`."""
    _one_of(f"question '{question}'", doing.by, ASKING)
    return change.questions.add(Asked(id=question, asks=asks, on=doing.at.date(), at=at, source=source), "ask", doing)


def reply(change: Communications, question: str, answer: str, doing: Doing) -> Asked:
    """A question got its answer, not yet published. Raises `Problems`."""
    by = doing.by
    return change.questions.change(question, "reply", doing, lambda one: replied(one, answer, by.id, by.roles))


def publish_answer(change: Communications, question: str, doing: Doing) -> Asked:
    """An answer is for all to read; who wrote it does not publish it. Raises `Problems`."""
    by = doing.by
    return change.questions.change(question, "publish", doing, lambda one: published(one, by.id, by.roles))


def take_back(change: Communications, question: str, doing: Doing) -> Asked:
    """An answer was wrong. Raises `Problems`."""
    return change.questions.change(question, "take back", doing, lambda one: taken_back(one, doing.by.roles))


def measure_benefit(change: Communications, benefit: str, reading: Reading, doing: Doing) -> Benefit:
    """A benefit was measured, by its owner or an analyst. Raises `Problems`."""
    owner = change.benefits.named(benefit).owner
    if doing.by.id != owner and "analyst" not in doing.by.roles:
        found = f"{doing.by.id}, who neither owns it nor is an analyst"
        raise refusal(f"benefit '{benefit}'", "measure", found, f"it is for {owner} or an analyst to do")
    today = doing.at.date()
    return change.benefits.change(benefit, "measure", doing, lambda one: measured(one, reading, today))


def _one_of(where: str, by: Person, roles: tuple[str, ...]) -> None:
    if not set(by.roles) & set(roles):
        found = f"{by.id}, who is {', '.join(by.roles) or 'nothing here'}"
        raise refusal(where, "record", found, f"it is for {' or '.join(roles)} to do")
