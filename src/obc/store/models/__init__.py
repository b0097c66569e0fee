"""The tables."""

from obc.store.models.books import Book, Line, Paper, Standing
from obc.store.models.people import Membership
from obc.store.models.runs import Run
from obc.store.models.tokens import Token

__all__ = ["Book", "Line", "Membership", "Paper", "Run", "Standing", "Token"]
