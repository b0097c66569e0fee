"""What the commands about people do and say."""

from pathlib import Path

from obc.bootstrap import serving
from obc.cli import output
from obc.domain.contract.workflow.rights import Role
from obc.domain.core.kernel.problem import refusal


def show(book: str, home: Path | None, as_json: bool) -> None:
    """Print the roles of a book."""
    serving.set_up(home, "local")
    from obc.bootstrap import people

    found = people.members(book)
    if as_json:
        roles = [
            {
                **one.held.model_dump(mode="json", by_alias=False),
                "sign_in": None
                if one.account is None
                else "locked"
                if one.account.locked
                else "invited"
                if one.account.invited
                else "open",
            }
            for one in found
        ]
        output.as_json({"book": book, "roles": roles})
        return
    rows = [
        (
            one.held.person,
            one.held.role.value,
            one.held.organisation,
            f"{one.held.since:%Y-%m-%d}",
            f"{one.held.until:%Y-%m-%d}" if one.held.until else "",
            one.held.given_by,
        )
        for one in found
    ]
    output.table(("Person", "Role", "For", "Since", "Until", "Given by"), rows, "llllll")


def add(user: str, name: str, email: str, subject: str | None, home: Path | None) -> None:
    """Make an account and print its link."""
    serving.set_up(home, "local")
    from obc.bootstrap import people, post

    serving.make_ready()
    people.add_user(user, name, email, subject)
    print(f"Made {user}. They have no role yet: obc people give CONTRACT --user {user} --role … --for … --why …")
    print(f"They set their password here, once, within seven days:\n{post.link_of(user)}")


def link(user: str, home: Path | None) -> None:
    """Print another link."""
    serving.set_up(home, "local")
    from obc.bootstrap import people, post

    account = people.account_of(user)
    if account is None or not account.invited:
        found = "nobody" if account is None else "somebody who has a password"
        raise refusal("the link", user, found, "let them in anew on the people page")
    print(post.link_of(user))


def give(book: str, user: str, role: str, organisation: str, why: str, home: Path | None) -> None:
    """Give a role."""
    serving.set_up(home, "local")
    from obc.bootstrap import people

    made = people.give(people.there(book), user, _role(role), organisation, people.OPERATOR, serving.clock(), why)
    print(f"{made.person} is now {made.role.value} for {made.organisation} in {book}.")


def end(book: str, user: str, role: str, why: str, home: Path | None) -> None:
    """End a role."""
    serving.set_up(home, "local")
    from obc.bootstrap import people
    from obc.domain.contract.workflow.duties import role_id

    made = people.end(people.there(book), role_id(user, _role(role)), people.OPERATOR, serving.clock(), why)
    print(f"{made.person} is no longer {made.role.value} in {book}.")


def lock(user: str, locked: bool, why: str, home: Path | None) -> None:
    """Lock or unlock an account."""
    serving.set_up(home, "local")
    from obc.bootstrap import people

    (people.lock if locked else people.unlock)(user, people.OPERATOR, serving.clock(), why)
    print(f"{user} is locked out; their sessions have ended." if locked else f"{user} can sign in again.")


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError:
        known = ", ".join(role.value for role in Role if role != Role.PUBLIC)
        raise refusal("the role", given, "no role", f"there is {known}") from None
