"""Anchoring: the heads of all trails, written down outside the database."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from obc.bootstrap.anchors import anchors_in
from obc.bootstrap.proving import bytes_of
from obc.domain.contract.workflow.anchoring import Anchor
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.provenance import canonical_json
from obc.domain.core.kernel.trail import START
from obc.reports import signature as signatures
from obc.store import book as books

FILE = "anchors.jsonl"
"""The file in the folder that OBC_ANCHOR names."""
DONE = "anchored-on"
"""The file in obc's home that says for which day the heads were written down last."""


def anchor(file: Path, at: datetime, key: Path | None = None) -> tuple[Anchor, ...]:
    """Append the heads of all trails to a file; what stands in it is never touched. Raises `Problems`."""
    before = anchors_in(file) if file.exists() else ()
    made = _heads(at, before[-1].digest if before else START, key)
    try:
        with file.open("ab") as out:
            out.write(b"".join(canonical_json(one) for one in made))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise refusal(file.name, "the file", error.strerror or "no place to write to", "name another file") from error
    return made


def anchor_daily(now: datetime) -> bool:
    """Write the heads down where OBC_ANCHOR says, once a day. Returns whether it was done now."""
    from django.conf import settings

    done = Path(settings.HOME) / DONE
    if not settings.ANCHOR or (done.exists() and done.read_text() == now.date().isoformat()):
        return False
    key = Path(settings.ANCHOR_KEY) if settings.ANCHOR_KEY else None
    if "@" in settings.ANCHOR:
        _mail(settings.ANCHOR, _heads(now, START, key), now)
    else:
        Path(settings.ANCHOR).mkdir(parents=True, exist_ok=True)
        anchor(Path(settings.ANCHOR) / FILE, now, key)
    done.write_text(now.date().isoformat())
    return True


def _heads(at: datetime, previous: str, key: Path | None) -> tuple[Anchor, ...]:
    private = bytes_of(key).decode() if key else None
    made: list[Anchor] = []
    for book, (lines, head) in sorted(books.ends().items()):
        one = Anchor(book=book, at=at, lines=lines, head=head, previous=previous)
        if private is not None and key is not None:
            try:
                one = one.model_copy(update={"signature": signatures.mark(one.signed, private)})
            except ValueError as error:
                raise refusal(key.name, "the file", "no private key of ours", "give what 'obc key' wrote") from error
        made.append(one)
        previous = one.digest
    return tuple(made)


def _mail(address: str, anchors: Sequence[Anchor], now: datetime) -> None:
    from django.core.mail import EmailMessage

    lines = "".join(canonical_json(one).decode() for one in anchors)
    text = (
        "Keep this mail: it says how the trails of obc ended today. Put its lines into a file, one after the other as\n"
        "the mails come, and nobody can write a trail anew unseen: obc audit verify audit.json --anchors FILE\n\n"
        f"{lines}"
    )
    EmailMessage(f"obc: heads of the trails on {now:%Y-%m-%d}", text, to=[address]).send()
