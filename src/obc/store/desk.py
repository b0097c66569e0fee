"""Drafts and what was looked at: the only things of a submission that are overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from obc.domain.core.kernel.trail import Action
from obc.store.book import action_of
from obc.store.models import Book, Draft, Line, Looked

Cells = Mapping[str, Mapping[str, str]]
"""Texts as they were typed: row → column → text."""


@dataclass(frozen=True)
class Begun:
    """A draft as it stands, and who touched it last."""

    cells: Cells
    changed: datetime
    changed_by: str


def draft(book: str, organisation: str, period: str) -> Begun | None:
    """What an organisation has begun to type for a period."""
    found = Draft.objects.filter(book=book, organisation=organisation, period=period).first()
    return Begun(found.cells, found.changed, found.changed_by) if found else None


def keep_draft(
    book: str, organisation: str, period: str, cells: Cells, by: str, at: datetime, *, whole: bool = False
) -> None:
    """Write rows of a draft. Other rows stay, so that two people can fill in two segments; with `whole` they go."""
    with transaction.atomic():
        Book.objects.select_for_update().get(id=book)
        before = draft(book, organisation, period)
        kept = {} if whole or before is None else dict(before.cells)
        kept.update({row: dict(texts) for row, texts in cells.items()})
        rows = {row: texts for row, texts in kept.items() if any(texts.values())}
        Draft.objects.update_or_create(
            book_id=book,
            organisation=organisation,
            period=period,
            defaults={"cells": rows, "changed": at, "changed_by": by},
        )


def drop_draft(book: str, organisation: str, period: str) -> None:
    """Forget a draft: its figures were submitted, or its writer wants none of it."""
    Draft.objects.filter(book=book, organisation=organisation, period=period).delete()


def unseen(user: str, book: str, kind: str, record: str) -> tuple[Action, ...]:
    """What others did to a record since this user last looked, the newest first; and now it is looked at.

    Nothing where they look for the first time.
    """
    person = get_user_model().objects.filter(username=user).first()
    newest = Line.objects.filter(book=book, kind=kind, record=record).order_by("-number").first()
    if person is None or newest is None:
        return ()
    seen = Looked.objects.filter(user=person, book=book, record=record).first()
    if seen is not None and seen.number >= newest.number:
        return ()
    Looked.objects.update_or_create(user=person, book_id=book, record=record, defaults={"number": newest.number})
    if seen is None:
        return ()
    lines = Line.objects.filter(book=book, kind=kind, record=record, number__gt=seen.number).exclude(by=user)
    return tuple(action_of(line) for line in lines.order_by("-number"))
