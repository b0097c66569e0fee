"""Governing bodies: who sits on them, what they decide, and how many it takes."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong


class Quorum(Written):
    """How many members must vote, and which roles must be among them."""

    members: int = Field(ge=1)
    among_them: tuple[Text, ...] = ()


class Body(Written):
    """A body that decides or advises. `remit` says on what; `reports to` names the body above it."""

    id: Slug
    title: Text
    remit: Text
    members: tuple[Slug, ...] = Field(min_length=1)
    chair: Slug
    deputy: Slug | None = None
    quorum: Quorum
    reports_to: Slug | None = None
    source: Text

    @model_validator(mode="after")
    def _can_meet(self) -> Self:
        if len(set(self.members)) < len(self.members):
            raise wrong("a member named twice", "name each member once", "members")
        for office, person in (("chair", self.chair), ("deputy", self.deputy)):
            if person is not None and person not in self.members:
                raise wrong(f"'{person}', who is no member", "name a member", office)
        if self.quorum.members > len(self.members):
            found = f"a quorum of {self.quorum.members} in a body of {len(self.members)}"
            raise wrong(found, "ask for no more members than there are", "quorum", "members")
        return self

    def presiding(self, person: str) -> bool:
        """Whether a person may take the chair."""
        return person in (self.chair, self.deputy)


def lacking(quorum: Quorum, voters: int, roles: Iterable[str]) -> str | None:
    """What a quorum lacks, in words; None: it is there. `roles` are those of all who voted, together."""
    held = set(roles)
    lacks = [] if voters >= quorum.members else [f"{voters} of {quorum.members} members have voted"]
    lacks += [f"no {role} among them" for role in quorum.among_them if role not in held]
    return ", ".join(lacks) or None
