"""Worked examples of the primitives: steps as a contract has them, what goes in, and which steps are shown."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """`varies` goes in at each of `at`; `given` are the other inputs; `shows` are the steps whose values are shown."""

    title: str
    says: str
    steps: str
    varies: str
    at: tuple[str, ...]
    shows: tuple[str, ...]
    given: dict[str, str] = field(default_factory=dict)
    entries_at: str | None = None
    """Where the page lists the ledger entries of a year too."""


_PERCENTS = ("0", "0.2", "0.4", "0.5", "0.6", "0.8", "1")

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "compare": (
        Example(
            "Two ways to see the same change",
            "A rate set against a baseline of 50 %, and the part of the way to a goal of 70 % that has been gone.",
            """- {step: change, compare: rate, with: 50 %, by: difference, source: the baseline}
- {step: way gone, compare: rate, with: 50 %, by: gap closed, goal: 70 %, source: baseline and goal}""",
            "rate",
            ("0.4", "0.45", "0.5", "0.55", "0.6", "0.65", "0.7", "0.75"),
            ("change", "way gone"),
        ),
    ),
    "curve": (
        Example(
            "Steps and a straight line",
            "Levels pay all at once; a line pays every bit of progress. A small change near a step is worth a lot.",
            """- step: by levels
  curve: rate
  shape: step
  points: [[50 %, 28], [60 %, 50], [70 %, 90]]
  source: illustrative
- step: in proportion
  curve: rate
  shape: linear
  points: [[50 %, 0], [70 %, 90]]
  source: illustrative""",
            "rate",
            ("0.45", "0.4999", "0.5", "0.55", "0.5999", "0.6", "0.65", "0.6999", "0.7", "0.75"),
            ("by levels", "in proportion"),
        ),
        Example(
            "A corridor with a cap, both ways",
            "Nothing is shared within 2 %; beyond it half, and from 10 % on nothing more. Losses mirror gains.",
            """- step: shared
  curve: saved
  shape: marginal
  both ways: yes
  points: [[0, 0], [2 %, 50 %], [10 %, 0]]
  source: illustrative""",
            "saved",
            ("-0.15", "-0.1", "-0.05", "-0.02", "0", "0.02", "0.05", "0.1", "0.15"),
            ("shared",),
        ),
        Example(
            "First dollar and second dollar",
            "Both need savings of 2 %. One then shares all of them, the other only what lies beyond: at 6 % that is "
            "4.8 and 3.2 in every hundred. A contract must say which.",
            """- step: counted
  hurdle: all
  of: [saved is at least 2 %]
  then: saved
  missing: withholds
  source: illustrative
- {step: first dollar, scale: counted, by: [80 %], source: illustrative}
- step: second dollar
  curve: saved
  shape: marginal
  points: [[2 %, 80 %]]
  source: illustrative""",
            "saved",
            ("0", "0.01", "0.0199", "0.02", "0.04", "0.06", "0.08"),
            ("first dollar", "second dollar"),
        ),
    ),
    "pick": (
        Example(
            "The better of achievement and improvement",
            "Who begins far down earns by improving, who is near the top by achieving; the better one counts.",
            """- {step: achievement, curve: rate, shape: linear, points: [[60 %, 0], [80 %, 10]], source: illustrative}
- {step: improvement, curve: rate, shape: linear, points: [[40 %, 0], [80 %, 9]], source: illustrative}
- {step: counts, pick: highest, of: [achievement, improvement]}""",
            "rate",
            ("0.3", "0.4", "0.5", "0.6", "0.7", "0.75", "0.8", "0.9"),
            ("achievement", "improvement", "counts"),
        ),
    ),
    "combine": (
        Example(
            "What is not scored: excluded or lost",
            "Three scores of equal weight, one of them missing. Excluded, the others fill its place; lost, it costs.",
            """- {step: excluded, combine: [score, other score, third], as: mean, unscored: excluded}
- {step: lost, combine: [score, other score, third], as: mean, unscored: lost}""",
            "score",
            _PERCENTS,
            ("excluded", "lost"),
            {"other score": "0.6", "third": ""},
        ),
    ),
    "hurdle": (
        Example(
            "Nothing is earned at patients' cost",
            "The incentive counts while quality is at 80 % or more and there are enough answers to tell.",
            """- step: counts
  hurdle: all
  of: [quality is at least 80 %, answers is at least 30]
  then: incentive
  missing: withholds
  source: illustrative""",
            "quality",
            ("0.5", "0.7", "0.7999", "0.8", "0.9", "1"),
            ("counts",),
            {"incentive": "1000", "answers": "45"},
        ),
    ),
    "scale": (
        Example(
            "A gain and a loss by different shares",
            "Half of a gain is paid, less a deflator of 2 %; of a loss 30 % is owed, and no deflator lessens it.",
            """- {step: due, scale: result, by: [50 %, 98 %], losses by: [30 %], source: illustrative}""",
            "result",
            ("-100", "-50", "0", "50", "100"),
            ("due",),
        ),
    ),
    "round": (
        Example(
            "Where a rounding point moves pence",
            "A price of 227.02 is weighted, then bought 26 times. Rounding the price first makes a difference of "
            "pence: at 0.6 it is 3,541.46 rather than 3,541.51.",
            """- {step: price, scale: weight, by: [227.02], source: illustrative}
- {step: price in pence, round: price, places: 2, mode: half up}
- {step: rounded first, scale: price in pence, by: [26], source: illustrative}
- {step: rounded last, scale: price, by: [26], source: illustrative}""",
            "weight",
            ("0.6", "0.8", "1", "1.2", "1.4"),
            ("rounded first", "rounded last"),
        ),
    ),
    "split": (
        Example(
            "Three parts that add up",
            "A third each. The penny that is left goes to the largest remainder, the first among equals.",
            """- step: shares
  split: amount
  between: [{account: a, share: 1/3}, {account: b, share: 1/3}, {account: c, share: 1/3}]
  round: half up
  source: illustrative""",
            "amount",
            ("0.01", "0.02", "0.03", "0.04", "0.05"),
            ("a of shares", "b of shares", "c of shares"),
        ),
    ),
    "total": (
        Example(
            "A share of what all earned",
            "Three parties are settled together; each is told the total. With it a slope can give back exactly what "
            "was withheld from all.",
            """- {step: all earned, total: earned, missing: excluded}
- {step: part of all, compare: earned, with: all earned, by: ratio}""",
            "earned",
            ("1", "2", "5"),
            ("all earned", "part of all"),
        ),
    ),
    "pool": (
        Example(
            "A pot that never pays more than it holds",
            "What is earned comes out of the pot; what is not goes where the contract says, so that the pot is empty.",
            """- step: pot
  pool: 1_000
  earned: due
  unearned:
    reinvested in: [{account: crisis-support, title: Crisis support, share: 100 %}]
  source: illustrative""",
            "due",
            ("-200", "0", "400", "1000", "1400"),
            ("pot", "unearned of pot"),
        ),
    ),
    "settle": (
        Example(
            "Instalments, and the balance that may be negative",
            "600 are paid while the year runs, a quarter of it at the end of each quarter. The balance follows when "
            "the year is known; what was paid too much comes back. `every` is `month` or `quarter`; the days are those "
            "of the contract's term, the day of the balance that of its calendar.",
            """- step: payment
  settle: earned
  reason: care
  round: half up
  instalments: {on account: 600, every: quarter}
  source: illustrative""",
            "earned",
            ("0", "300", "600", "900", "1000"),
            ("payment",),
            entries_at="500",
        ),
        Example(
            "A part of a year",
            "A contract that begins or ends within a year is paid for a part of it. The part comes in `from: term` as "
            "`part of the year by days` (or `by quarters`, each begun one in full), so that the contract says what it "
            "is applied to, and before or after what.",
            """- {step: due, scale: 1_000_000, by: [part of the year by days], source: illustrative}
- {step: budget, settle: due, reason: budget, round: half up}""",
            "part of the year by days",
            ("0", "1/366", "1/4", "183/366", "1"),
            ("budget",),
        ),
    ),
}
