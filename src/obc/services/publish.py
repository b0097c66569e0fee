"""Publish: the indicator values of a contract as a suppression profile lets them be shown."""

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.measured_years import measured_years
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.outcomes.publication.publication import Publication
from obc.domain.outcomes.publication.published import PublishedValue, as_values, published
from obc.domain.outcomes.publication.suppression import PROFILES, Profile


def publish(contract: Contract, values: ValueSet, profile: str) -> tuple[PublishedValue, ...]:
    """Every value of the contract's indicators, under the profile of that name.

    Raises `Problems` for a profile there is none of, or values of no indicator of the contract.
    """
    known = profile_of(profile)
    definitions = {definition.id: definition for definition in contract.definitions}
    found = published(values.values, definitions, measured_years(contract), known)
    if not found:
        raise refusal(
            "values", "the contract", "no indicator of this contract", "give the values that obc measure wrote for it"
        )
    return found


def publication_of(contract: Contract, values: ValueSet, profile: str) -> Publication:
    """What the profile of that name hides of the values. Raises `Problems` for a profile there is none of."""
    return Publication.of(values.values, measured_years(contract), profile_of(profile))


def as_published(contract: Contract, values: ValueSet, profile: str) -> ValueSet:
    """The values with what the profile hides left out and the rest as it shows them; refuses as `publish` does.

    Whatever is worked out from these, readers could have worked out from what is published.
    """
    if profile_of(profile).exact:
        return values
    return values.model_copy(update={"values": as_values(publish(contract, values, profile))})


def profile_of(name: str) -> Profile:
    """The profile of that name. Raises `Problems` with those there are."""
    if name not in PROFILES:
        raise refusal("--profile", "the contract", f"the profile '{name}'", f"write one of {', '.join(PROFILES)}")
    return PROFILES[name]
