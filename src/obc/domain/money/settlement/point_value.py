"""The value of a point: what one more point brings the party that is paid, in a contract year."""

from fractions import Fraction

from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced

_TRIED = 8


def point_value(mechanism: Mechanism, points_available: Fraction, year: int) -> Fraction | None:
    """Minor units a point, where what is earned goes straight with the points earned.

    None where what is earned hangs on anything else, where nothing is to be had, or where the amounts at an eighth,
    two eighths … of the points do not lie on one line through nothing (to the penny): then a point has no one value.
    A budget that is paid whatever is achieved makes no difference.
    """
    asked = {item.input for item in mechanism.inputs}
    if "points earned" not in asked or not points_available:
        return None
    tried = [points_available * i / _TRIED for i in range(_TRIED + 1)]
    inputs = {"points earned": Evidenced.of(tried), "points available": Evidenced.of([points_available])}
    parties = [f"party {i}" for i in range(len(tried))]
    given = {name: value for name, value in inputs.items() if name in asked}
    _, settled = settle(mechanism, given, parties, [year] * len(tried))
    paid = [one.earned_minor for one in settled]
    if not paid[-1]:
        return None
    slope = Fraction(paid[-1]) / points_available
    if any(amount is None or abs(amount - slope * points) > 1 for amount, points in zip(paid, tried, strict=True)):
        return None
    return slope
