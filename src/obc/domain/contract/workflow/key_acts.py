"""What a party does with its keys: propose the next, confirm it by a second person, withdraw it, revoke one."""

from collections.abc import Iterator, Sequence
from datetime import date

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.workflow.keys import LIFE, Holds, PartyKey, Rotation, key_id, key_on, terms
from obc.domain.contract.workflow.parties import consents
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problem, Problems, refusal


def proposed(
    keys: Sequence[PartyKey], rotation: Rotation, agreement: Agreement, by: Person, on: date, holds: Holds
) -> PartyKey:
    """The next key of a party, until a second person confirms it. Raises `Problems`, all that stands against it."""
    problems = tuple(
        Problem(file="the rotation", where=where, found=found, expected=expected)
        for where, found, expected in _against(keys, rotation, agreement, by, on, holds)
    )
    if problems:
        raise Problems(problems)
    return PartyKey(
        id=key_id(rotation.public_key),
        party=rotation.party,
        public_key=rotation.public_key,
        rotation=rotation,
        state="proposed",
        proposed_by=by.id,
    )


def confirmed(key: PartyKey, agreement: Agreement, by: Person, on: date) -> PartyKey:
    """A second person of the party says that the key is theirs. Raises `Problems`."""
    _mine(key.party, agreement, by)
    state = LIFE.after(key.state, "confirm", by.roles, key.id)
    if by.id == key.proposed_by:
        raise refusal(f"key {key.id}", "confirm", "who proposed it", "a second person of the party confirms it")
    if key.rotation is None or key.rotation.begins < on:
        raise refusal(f"key {key.id}", "confirm", "a key whose day has passed", "withdraw it, and propose a later day")
    return key.model_copy(update={"state": state, "confirmed_by": by.id})


def withdrawn(key: PartyKey, agreement: Agreement, by: Person) -> PartyKey:
    """The party takes a proposed key back. Raises `Problems`."""
    _mine(key.party, agreement, by)
    return key.model_copy(update={"state": LIFE.after(key.state, "withdraw", by.roles, key.id)})


def revoked(key: PartyKey, agreement: Agreement, by: Person, begins: date, why: str) -> PartyKey:
    """From a day on nothing signed with the key is taken any more; what was taken in before stays. `Problems`.

    One person is enough: a key that somebody else may have is stopped at once. The day may lie in the past.
    """
    _mine(key.party, agreement, by)
    state = LIFE.after(key.state, "revoke", by.roles, key.id)
    if not why.strip():
        raise refusal(f"key {key.id}", "revoke", "no reason", "say what happened to it")
    update = {"state": state, "revoked_from": begins, "revoked_by": by.id, "why": why.strip()}
    return key.model_copy(update=update)


def listed(keys: Sequence[PartyKey], agreement: Agreement) -> tuple[PartyKey, ...]:
    """Every key there is: those the contract lists, then those that followed."""
    known = {one.public_key: one for one in keys}
    roots = [
        known.get(one.public_key) or PartyKey(id=key_id(one.public_key), party=one.party, public_key=one.public_key)
        for one in agreement.signatories
    ]
    seen = {one.public_key for one in roots}
    return (*roots, *(one for one in keys if one.public_key not in seen))


def _mine(party: str, agreement: Agreement, by: Person) -> None:
    if party not in consents(agreement, by, ()):
        raise refusal(f"the keys of {party}", by.id, f"somebody of {by.organisation}", "each party looks after its own")


def _against(
    keys: Sequence[PartyKey], rotation: Rotation, agreement: Agreement, by: Person, on: date, holds: Holds
) -> Iterator[tuple[str, str, str]]:
    root = next((one.public_key for one in agreement.signatories if one.party == rotation.party), None)
    if rotation.contract != agreement.id:
        yield "contract", f"'{rotation.contract}'", f"sign it for '{agreement.id}'"
    if root is None:
        yield "party", f"'{rotation.party}', whose key the contract does not list", "it comes by a variation"
        return
    if rotation.party not in consents(agreement, by, ()):
        yield "party", f"'{rotation.party}' brought by {by.organisation}", "each party looks after its own keys"
    now = key_on(terms(root, rotation.party, agreement.id, keys, holds), on)
    if now is None:
        yield "replaces", "a party without a key in force", "list the new key in the contract, by a variation"
    elif rotation.replaces != now:
        yield "replaces", f"key {key_id(rotation.replaces)}", f"replace the one in force: {key_id(now)}"
    if not holds(rotation.signed, rotation.signature, rotation.replaces):
        yield "signature", "one that does not hold", "sign it with the old key: obc keys rotate"
    if rotation.begins < on:
        yield "begins", f"{rotation.begins}, in the past", f"write {on} or later"
    if any(one.public_key == rotation.public_key for one in listed(keys, agreement)):
        yield "public key", f"key {key_id(rotation.public_key)}, which is known already", "make a new one: obc key"
    if any(one.party == rotation.party and one.state == "proposed" for one in keys):
        yield "party", "a key that waits to be confirmed already", "confirm or withdraw that one first"
    if any(one.rotation and one.rotation.replaces == rotation.replaces and one.state == "confirmed" for one in keys):
        yield "replaces", "a key that will be replaced already", "wait for that day, then rotate again"
