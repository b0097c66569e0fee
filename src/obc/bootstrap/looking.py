"""What happened to a submission since somebody last looked at it."""

from dataclasses import dataclass
from datetime import datetime

from obc.services.submissions import KIND
from obc.store import desk


@dataclass(frozen=True)
class News:
    """The newest thing that others did since then, and how many there were."""

    count: int
    verb: str
    by: str
    at: datetime


def news(book: str, submission: str, user: str) -> News | None:
    """What is new for this user, who has now seen it; None where nothing is, or they look for the first time."""
    lines = desk.unseen(user, book, KIND, submission)
    if not lines:
        return None
    return News(len(lines), lines[0].verb, lines[0].by, lines[0].at)
