"""A change: one place in a contract's files, and what is to stand there."""

from typing import Annotated

from pydantic import Field, StringConstraints

from obc.domain.core.kernel.figure import Written

Text = Annotated[str, StringConstraints(min_length=1)]


class Change(Written):
    """`{file: payment.yaml, at: figures / pot of the year / is, reads: 2_000_000}`.

    `at` leads from the top of the file: keys as the file has them, and items of lists by their name (id, step, figure,
    input, segment, account) or position from 1. Nothing to read means that nothing stands there.
    """

    file: Text
    at: Text
    reads: str | None = Field(default=None, description="what stands there; nothing: the place is absent")

    @property
    def way(self) -> tuple[str, ...]:
        """The keys and names that lead to the place."""
        return tuple(part.strip() for part in self.at.split(" / "))
