"""People: who acts, in which role, and what they have an interest in."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import refusal

Text = Annotated[str, StringConstraints(min_length=1)]


class Interest(Written):
    """What a person has declared: an interest in an organisation, or in anything else that has an id."""

    in_: Slug
    what: Text
    declared: date


class Person(Written):
    """Somebody who works on a programme or a contract. Never a patient: those stay in the records.

    `roles` are what the person may act as; the rules of each room say which role may do what.
    """

    id: Slug
    name: Text
    organisation: Slug
    roles: tuple[Text, ...] = ()
    interests: tuple[Interest, ...] = ()

    def conflict_with(self, *things: str) -> str | None:
        """Why this person may not judge `things` (ids of organisations or records), in words; None: may."""
        if self.organisation in things:
            return f"{self.id} works for {self.organisation}"
        found = next((one for one in self.interests if one.in_ in things), None)
        return f"{self.id} declared an interest in {found.in_}: {found.what}" if found else None


class People(Written):
    """Who works on a programme, and for whom: `people.yaml`."""

    people: tuple[Person, ...]

    def named(self, person: str) -> Person:
        """The person of that id. Raises `Problems`, with who there is."""
        found = next((one for one in self.people if one.id == person), None)
        if found is None:
            known = ", ".join(one.id for one in self.people) or "nobody: list them first"
            raise refusal("people.yaml", "people", f"nobody called '{person}'", f"there is {known}")
        return found
