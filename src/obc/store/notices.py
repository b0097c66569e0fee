"""Notices in the database: written with the place up to which a trail was read, claimed, sent."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q

from obc.domain.core.kernel.trail import Action
from obc.store.book import action_of
from obc.store.models import Book, Choice, Gathered, Line, Notice

CLAIM = timedelta(minutes=2)
"""How long a sender may take over a mail before another one takes it over."""
MOST_TRIES = 12
"""After so many failures (about a day) a notice is left; the administrators' page counts those."""


def behind() -> tuple[str, ...]:
    """The books with lines from which no notices were written yet."""
    fresh = Q(gathered=None, lines__gt=0) | Q(lines__gt=F("gathered__lines"))
    return tuple(Book.objects.filter(fresh).order_by("id").values_list("id", flat=True))


def gather(book: str, write: Callable[[Action], None]) -> None:
    """Hand the lines that were not read yet to `write`, each once: what it keeps is kept with the place, or not."""
    with transaction.atomic():
        held = Book.objects.select_for_update().get(id=book)
        reached, _ = Gathered.objects.get_or_create(book=held)
        for line in Line.objects.filter(book=held, number__gt=reached.lines).order_by("number"):
            write(action_of(line))
        Gathered.objects.filter(book=held).update(lines=held.lines)


def post(
    user: str, event: str, key: str, path: str, book: str | None, at: datetime, due: datetime, together: bool
) -> None:
    """Write a notice, once for each `key`. Who has no address and who is locked out gets none."""
    found = get_user_model().objects.filter(username=user, is_active=True).exclude(email="").first()
    if found is not None:
        facts = {"event": event, "path": path, "book_id": book, "at": at, "due": due, "together": together}
        Notice.objects.get_or_create(user=found, key=key, defaults=facts)


def choice(user: str) -> str:
    """How somebody wants to be told: all, digest or none."""
    return Choice.objects.filter(user__username=user).values_list("notices", flat=True).first() or Choice.Way.ALL


def choose(user: str, way: str) -> None:
    """Keep how somebody wants to be told."""
    Choice.objects.update_or_create(user=get_user_model().objects.get(username=user), defaults={"notices": way})


def claim(now: datetime) -> tuple[Notice, ...]:
    """The next mail to send: one notice, or all that one person gets together. Nobody else gets it for a while."""
    with transaction.atomic():
        free = Notice.objects.filter(sent=None, due__lte=now, tries__lt=MOST_TRIES, user__is_active=True).filter(
            Q(claimed_until=None) | Q(claimed_until__lt=now)
        )
        first = free.select_for_update(skip_locked=_can_skip(), of=_only_notices()).first()
        if first is None:
            return ()
        found = list(free.filter(user=first.user, together=True)) if first.together else [first]
        pks = [one.pk for one in found]
        Notice.objects.filter(pk__in=pks).update(claimed_until=now + CLAIM, tries=F("tries") + 1)
        return tuple(Notice.objects.filter(pk__in=pks).select_related("user", "book"))


def sent(notices: Iterable[Notice], now: datetime) -> None:
    """They were sent."""
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(sent=now, claimed_until=None)


def put_off(notices: Iterable[Notice], now: datetime) -> None:
    """They could not be sent: again later, each time after twice as long, at most after four hours."""
    for one in notices:
        wait = min(timedelta(minutes=2**one.tries), timedelta(hours=4))
        Notice.objects.filter(pk=one.pk).update(due=now + wait, claimed_until=None)


def unsent(book: str) -> int:
    """How many notices of a book were given up."""
    return Notice.objects.filter(book=book, sent=None, tries__gte=MOST_TRIES).count()


def _can_skip() -> bool:
    from django.db import connection

    return bool(connection.features.has_select_for_update_skip_locked)


def _only_notices() -> tuple[str, ...]:
    from django.db import connection

    return ("self",) if connection.features.has_select_for_update_of else ()
