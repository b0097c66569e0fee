"""The tables."""

from obc.store.models.books import Book, Line, Paper, Standing
from obc.store.models.desk import Draft, Looked
from obc.store.models.notices import Choice, Gathered, Notice
from obc.store.models.people import Membership, Subject
from obc.store.models.runs import Run
from obc.store.models.tokens import Token

__all__ = [
    "Book",
    "Choice",
    "Draft",
    "Gathered",
    "Line",
    "Looked",
    "Membership",
    "Notice",
    "Paper",
    "Run",
    "Standing",
    "Subject",
    "Token",
]
