"""Whether a published file can fill the mechanism that is to be worked from it."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found

FILE = "values.yaml"
PAYMENT = "payment.yaml"


def published_findings(parts: Parts) -> Iterator[Finding]:
    """Columns for inputs that there are not, inputs without a column, and a comparison with no step."""
    mapping, mechanism = parts.published, parts.mechanism
    if mapping is None:
        if parts.agreement is not None and parts.agreement.parties.from_values and FILE not in parts.unread:
            expected = "write values.yaml, which says which column names the party"
            yield Finding(file=FILE, at=(), found="'parties: from values', but no such file", expected=expected)
        return
    if parts.agreement is not None and mapping.currency != parts.agreement.currency:
        expected = f"the contract is in {parts.agreement.currency}"
        rests_on: tuple[tuple[str, At], ...] = ((FILE, ("currency",)), ("contract.yaml", ("currency",)))
        yield Finding(file=FILE, at=("currency",), found=mapping.currency, expected=expected, rests_on=rests_on)
    if mechanism is None:
        return
    wanted = tuple(item.input for item in mechanism.inputs if item.from_ == "values")
    strange = [(i, column.input) for i, column in enumerate(mapping.columns) if column.input not in wanted]
    for i, name in strange:
        yield not_found(FILE, ("columns", i, "input"), name, "input", wanted)
    filled = {column.input for column in mapping.columns}
    for i, item in enumerate(mechanism.inputs):
        unfilled = item.from_ == "values" and item.indicator is None and item.input not in filled
        if unfilled and not strange:  # a strange name is probably this one, misspelt
            found = f"the input '{item.input}', which no column of {FILE} fills"
            rests_on = ((FILE, ("columns",)), (PAYMENT, ("inputs", i)))
            at: At = ("inputs", i)
            yield Finding(file=PAYMENT, at=at, found=found, expected="name its column there", rests_on=rests_on)
    steps = tuple(step.step for step in mechanism.steps)
    if mapping.compare is not None and mapping.compare.with_ not in steps:
        yield not_found(FILE, ("compare", "with"), mapping.compare.with_, "step", steps)
