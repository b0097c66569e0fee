"""The post: notices are gathered from the trails, and sent as plain mails without a figure and without a name.

A notice is written in the transaction that notes up to where a trail was read: once, whatever is killed when. A mail
is noted as sent after it was handed over: killed in between, it is sent again. At least once, rarely twice.
"""

import json
import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from obc.bootstrap import books, disputing, programmes, submissions, variations
from obc.domain.contract.workflow.clock import awaited
from obc.domain.contract.workflow.notices import EVENTS, event_of
from obc.domain.contract.workflow.rights import Right, may
from obc.domain.core.kernel.trail import Action
from obc.services.portfolio import portfolio
from obc.store import notices, people
from obc.store.models import Notice

AHEAD = timedelta(days=5)
"""How long before a clock runs out people are told."""
DAYS_LEFT = 2
"""Working days before a step of a dispute runs out, on which its side is told."""
MORNING = time(7)
"""When those who want one mail a day get it."""
LINK_DAYS = 7
"""How long the link of an invitation works."""
CHOICE = "notices.choice"
SIGN_OFF = "--\nFigures are never sent by mail: sign in to see them."


def gather(now: datetime) -> None:
    """Write the notices that the lines since the last time, and the clocks, ask for."""
    for book in notices.behind():
        notices.gather(book, lambda action, book=book: _tell_of(book, action, now))  # type: ignore[misc]


def watch_clocks(now: datetime) -> None:
    """Write a notice for every clock that is about to run out, and every gate that is due; once for each."""
    today = now.date()
    for held in books.all_held():
        _watch_disputes(held, now)
        for one in variations.change_book(held).proposals.records:
            if one.waits_for and one.answer_by and today <= one.answer_by <= today + AHEAD:
                waiting = frozenset(one.waits_for)
                _tell(held.id, "clock runs out", f"clock-{held.id}-{one.id}", "", now, only=waiting)
    for programme in programmes.all_held():
        for due in portfolio(programme.governance, today).due:
            if due.kind == "gate":
                _tell(programme.id, "gate due", f"gate-{programme.id}-{due.id}-{due.day}", due.id, now)


def _watch_disputes(held: books.Held, now: datetime) -> None:
    """Tell the side that has the next word in a dispute that its step is about to run out."""
    agreement = held.contract.agreement
    commissioners = frozenset(one.id for one in agreement.commissioners)
    for one in submissions.submissions(held.id):
        for dispute in one.open_disputes:
            running = disputing.clock_of(one, dispute, now.date())
            if running is None or not 0 <= running.days_left <= DAYS_LEFT:
                continue
            buyers = awaited(agreement, dispute) == "the commissioners"
            side = commissioners if buyers else frozenset(agreement.party_ids) - commissioners
            key = f"dispute-{held.id}-{one.id}-{dispute.id}-{running.running.due}"
            _tell(held.id, "dispute runs out", key, one.id, now, only=side)


def post_at_once(user: str, event: str, key: str, book: str | None, at: datetime) -> None:
    """Something that cannot wait and is not anybody's choice: an invitation."""
    notices.post(user, event, key, "", book, at, at, together=False)


def send(now: datetime) -> int:
    """Send what is due. Returns how many mails went out."""
    count = 0
    while claimed := notices.claim(now):
        try:
            _send(claimed)
        except Exception as error:  # a mail server that is down must not take the rounds down
            logging.getLogger(__name__).warning("a mail could not be sent (%s)", type(error).__name__)
            notices.put_off(claimed, now)
        else:
            notices.sent(claimed, now)
            count += 1
    return count


def choice(user: str) -> str:
    """How somebody wants to be told: all, digest or none."""
    return notices.choice(user)


def choose(user: str, way: str) -> None:
    """Keep how somebody wants to be told."""
    notices.choose(user, way)


def given_up(book: str) -> int:
    """How many notices of a book could not be sent at all."""
    return notices.unsent(book)


def _tell_of(book: str, action: Action, now: datetime) -> None:
    event = event_of(action)
    if event is not None:
        whose = frozenset({json.loads(action.after)["party"]}) if event == "key proposed" else None
        _tell(book, event, f"line-{book}-{action.number}", action.record, now, but=action.by, only=whose)


def _tell(
    book: str,
    event: str,
    key: str,
    record: str,
    now: datetime,
    but: str = "",
    only: frozenset[str] | None = None,
) -> None:
    """Write a notice for each person whom an event concerns. `only`: of these organisations."""
    from django.urls import reverse

    about = EVENTS[event]
    path = reverse(about.page, args=[book, record] if about.of_record else [book])
    for user in _with(book, about.right, only):
        way = notices.choice(user)
        if user != but and way != "none":
            together = way == "digest"
            notices.post(user, event, key, path, book, now, _morning(now) if together else now, together)


def _with(book: str, right: Right, only: frozenset[str] | None) -> tuple[str, ...]:
    """The users who have a right in a book."""
    held = [
        user
        for user, role, organisation in people.members(book)
        if may((role,), right) and (only is None or organisation in only)
    ]
    return tuple(dict.fromkeys(held))


def _morning(now: datetime) -> datetime:
    """The next morning after a moment, in local time."""
    from django.utils import timezone

    local = timezone.localtime(now)
    day: date = local.date() + timedelta(days=local.time() >= MORNING)
    return datetime.combine(day, MORNING, tzinfo=local.tzinfo)


def _send(claimed: Sequence[Notice]) -> None:
    from django.conf import settings
    from django.core.mail import EmailMessage

    first = claimed[0]
    subject, text = _invitation(first) if first.event == "invited" else _mail(claimed, settings.ADDRESS)
    reference = {"X-Obc-Notice": " ".join(str(one.pk) for one in claimed)}
    EmailMessage(subject, text, to=[first.user.email], headers=reference).send()


def _mail(claimed: Sequence[Notice], address: str) -> tuple[str, str]:
    from django.urls import reverse

    about = EVENTS[claimed[0].event]
    subject = f"obc: {about.subject}" if len(claimed) == 1 else f"obc: {len(claimed)} things to look at"
    parts = [f"{EVENTS[one.event].says}\n{_title(one.book_id)}\n{address}{one.path}" for one in claimed]
    why = f"You get this because of your role there. To be told once a day, or not at all:\n{address}{reverse(CHOICE)}"
    return subject, "\n\n".join([*parts, f"{SIGN_OFF}\n{why}\n"])


def _invitation(one: Notice) -> tuple[str, str]:
    """The mail with the link that lets somebody in. The link is made here: it stands nowhere but in the mail."""
    return (
        "obc: you are invited",
        f"You were given a role in:\n{_title(one.book_id)}\n\n"
        f"Set your password and a second factor here. The link works once, for {LINK_DAYS} days:\n"
        f"{link_for(one.user)}\n\n"
        f"Your username is {one.user.get_username()}. You need an app that makes codes, such as the one your\n"
        "organisation uses for its own sign-in.\n\n"
        "--\nYou did not expect this? Leave it: without you nothing happens.\n",
    )


def link_for(user: object) -> str:
    """The address at which somebody sets their password, once."""
    from django.conf import settings
    from django.contrib.auth.tokens import default_token_generator
    from django.urls import reverse

    name = user.get_username()  # type: ignore[attr-defined]
    return f"{settings.ADDRESS}{reverse('account.enter', args=[name, default_token_generator.make_token(user)])}"


def link_of(user: str) -> str:
    """The same, by username, for whoever runs obc to hand over."""
    from django.contrib.auth import get_user_model

    return link_for(get_user_model().objects.get(username=user))


def _title(book: str | None) -> str:
    """What a book is about, as its pages call it."""
    held = (books.held(book) or programmes.held(book)) if book else None
    return held.title if held else "obc"
