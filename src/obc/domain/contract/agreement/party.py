"""Parties: who commissions, who provides, who signs."""

import base64
import binascii
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong

Text = Annotated[str, StringConstraints(min_length=1)]

Structure = Literal["lead provider", "alliance", "consortium", "specialist integrator", "single provider"]
"""How the providers stand to the commissioners.

lead provider: one holds the contract and subcontracts the others. alliance: all sign and share one fate.
consortium: they form a body that holds it. specialist integrator: the holder provides no care itself.
"""

ProviderRole = Literal["lead provider", "provider", "specialist integrator", "subcontractor"]

HOLDER: dict[Structure, ProviderRole | None] = {
    "lead provider": "lead provider",
    "specialist integrator": "specialist integrator",
    "single provider": "provider",
    "alliance": None,
    "consortium": None,
}
"""The role of the one that holds the contract, where one does."""


class Commissioner(Written):
    """A body that pays for the care of its people."""

    id: Slug
    name: Text
    code: Text | None = Field(default=None, description="its code in the records, such as the ODS code")
    source: Text | None = None


class Provider(Written):
    """A body that gives care, or holds the contract for those who do."""

    id: Slug
    name: Text
    role: ProviderRole = "provider"
    code: Text | None = Field(default=None, description="its code in the records, such as the ODS code RNU")
    source: Text | None = None


class Parties(Written):
    """The providers, by name; or `from values`: every organisation that the published values name is one."""

    from_values: bool = False
    named: tuple[Provider, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if isinstance(given, list | tuple):
            return {"named": given}
        if isinstance(given, str):
            if given != "from values":
                raise wrong(f"'{given}'", "list the providers, or write 'from values'")
            return {"from values": True}
        return given

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.from_values == bool(self.named):
            raise wrong("no providers", "list at least one, or write 'parties: from values'")
        return self


def _ed25519(key: str) -> str:
    try:
        size = len(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError):
        raise wrong(f"'{key}'", "write the public key in base64, 44 characters") from None
    if size != 32:
        raise wrong(f"a key of {size} bytes", "write an Ed25519 public key: 32 bytes, in base64 44 characters")
    return key


PublicKey = Annotated[str, AfterValidator(_ed25519)]
"""An Ed25519 public key (RFC 8032), 32 bytes in base64."""


class Signatory(Written):
    """Who signs for a party, and the key that their signatures are checked against."""

    party: Slug
    office: Text = Field(description="the office that signs, never a person's name")
    public_key: PublicKey
