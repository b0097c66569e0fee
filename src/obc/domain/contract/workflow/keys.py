"""Keys of the parties: which one signs for whom from which day, how one follows another, and when one is revoked.

The contract lists the first key of each party, and a later version of it may list another. In between a party rotates:
the new key is signed with the old one, so that whoever trusts the contract can follow, offline and without us.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from obc.domain.contract.agreement.party import PublicKey
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.core.kernel.states import Machine, Move

KIND = "party-key"

Holds = Callable[[bytes, str, str], bool]
"""Whether a bare signature over bytes holds under a public key."""

LIFE = Machine(
    "the key",
    "proposed",
    {
        "proposed": {"confirm": Move("confirmed"), "withdraw": Move("withdrawn")},
        "confirmed": {"revoke": Move("revoked")},
        "withdrawn": {},
        "revoked": {},
    },
)
"""The life of a key. One that the contract lists is confirmed from the start."""


class Rotation(Written):
    """A new key of a party, signed with the one it replaces: the file that `obc keys rotate` writes."""

    contract: Slug
    party: Slug
    replaces: PublicKey
    public_key: PublicKey
    begins: date
    signature: str

    @property
    def signed(self) -> bytes:
        """What the old key signs: all but the signature."""
        return canonical_json(self.model_dump(exclude={"signature"}))


class PartyKey(Written):
    """A key as its party's acts left it. Without a `rotation` it is one that the contract lists."""

    id: Slug
    party: Slug
    public_key: PublicKey
    rotation: Rotation | None = None
    state: Literal["proposed", "confirmed", "withdrawn", "revoked"] = "confirmed"
    proposed_by: Slug | None = None
    confirmed_by: Slug | None = None
    revoked_from: date | None = None
    revoked_by: Slug | None = None
    why: str | None = None


class TakenIn(Written):
    """A signature that was accepted: the digest of its file, and the day."""

    party: Slug
    signature: str
    on: date


class KeyHistory(Written):
    """What travels beside a statement as `keys.json`: the keys since the contract's own, and when signatures came."""

    schema_version: Literal[1] = 1
    contract: Slug
    as_of: date
    keys: tuple[PartyKey, ...] = ()
    taken_in: tuple[TakenIn, ...] = ()

    @property
    def document(self) -> bytes:
        """The bytes of the file."""
        return canonical_json(self)


@dataclass(frozen=True)
class Term:
    """From when until before when signatures by a key are good. None: from the start, or until further notice."""

    public_key: str
    begins: date | None
    until: date | None = None
    why: str = ""

    def covers(self, day: date) -> bool:
        """Whether a signature of a day is good."""
        return (self.begins is None or self.begins <= day) and (self.until is None or day < self.until)


def key_id(public_key: str) -> str:
    """A short name of a key: what people compare."""
    return digest(public_key.encode()).removeprefix("sha256:")[:16]


def terms(root: str, party: str, contract: str, keys: Sequence[PartyKey], holds: Holds) -> tuple[Term, ...]:
    """The keys of a party from the one that the contract lists on, each signed with the one before.

    A rotation that does not hold is passed over, and a revocation is heeded whoever brings it: the one would add
    trust, the other only takes it away. A key that was revoked hands on to none that begins after that day: whoever
    took it could have signed that too.
    """
    known = {one.public_key: one for one in keys if one.party == party}
    found: list[Term] = []
    current, begins = root, None
    while current not in {one.public_key for one in found}:
        revoked = known[current].revoked_from if current in known else None
        following = next((one.rotation for one in keys if _follows(one, current, party, contract, holds)), None)
        if following is not None and revoked is not None and following.begins > revoked:
            following = None
        until, why = (following.begins, "replaced") if following else (None, "")
        if revoked is not None and (until is None or revoked < until):
            until, why = revoked, "revoked"
        found.append(Term(current, begins, until, why))
        if following is None:
            break
        current, begins = following.public_key, following.begins
    return tuple(found)


def key_on(known: Sequence[Term], day: date) -> str | None:
    """The key in force on a day; None where there is none."""
    return next((one.public_key for one in known if one.covers(day)), None)


def day_of(history: KeyHistory, signature: bytes) -> date:
    """The day on which a signature counts: when it was taken in; one that nobody took in counts as of today."""
    name = digest(signature)
    return next((one.on for one in history.taken_in if one.signature == name), history.as_of)


def why_not(known: Sequence[Term], day: date, made_with: str) -> str:
    """Why a signature of a day that holds under a key of the party does not count."""
    used = next(one for one in known if one.public_key == made_with)
    if used.begins is not None and day < used.begins:
        return f"made with key {key_id(made_with)}, which begins on {used.begins}"
    return f"made with key {key_id(made_with)}, which was {used.why} from {used.until}"


def _follows(one: PartyKey, current: str, party: str, contract: str, holds: Holds) -> bool:
    rotation = one.rotation
    return (
        rotation is not None
        and one.state in ("confirmed", "revoked")
        and (one.party, rotation.party, rotation.contract) == (party, party, contract)
        and (rotation.replaces, rotation.public_key) == (current, one.public_key)
        and holds(rotation.signed, rotation.signature, current)
    )
