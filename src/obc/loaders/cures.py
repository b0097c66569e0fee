"""What pydantic found wrong, in plain English: what was found, and what to write instead."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

DATE = "write a day of the calendar as 2014-04-01"
_WHOLE = "write a whole number, such as 1_000_000"
_NUMBER = "write a number, such as 0.25"
_KEYS = "write keys and values here"
_LIST = "write a list: '- ' before each item, or [a, b]"
_SLUG = re.compile(r"^\^\[a-z0-9\]\+\(-")

_PLAIN = {
    "string_type": "write text",
    "bool_parsing": "write yes or no",
    "bool_type": "write yes or no",
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_type": _KEYS,
    "tuple_type": _LIST,
    "list_type": _LIST,
}
_BOUNDS = {
    "greater_than": ("gt", "write a number above {}"),
    "greater_than_equal": ("ge", "write {} or more"),
    "less_than": ("lt", "write a number below {}"),
    "less_than_equal": ("le", "write {} or less"),
    "too_short": ("min_length", "write at least {}"),
    "too_long": ("max_length", "write at most {}"),
    "string_too_short": ("min_length", "write at least {} characters"),
    "string_too_long": ("max_length", "write at most {} characters"),
}


def is_day(text: str) -> bool:
    """Whether `text` is a day of the calendar, written 2014-04-01."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def shown(given: Any) -> str:
    """What was found, short enough for one line."""
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return f"the keys {_short(', '.join(map(str, given)))}" if given else "an empty mapping"
    if isinstance(given, list | tuple):
        return f"a list of {len(given)}"
    return f"'{_short(str(given))}'"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def nearest(given: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant: the only one that begins so, or the one spelt most like it."""
    choices = list(choices)
    begun = [choice for choice in choices if given and choice.lower().startswith(given.lower())]
    near = begun if len(begun) == 1 else get_close_matches(given, choices, n=1)
    return near[0] if near else None


def cure(error: ErrorDetails) -> tuple[str, str]:
    """Found and expected, for any error but a missing or unknown key."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "wrong":
        return str(context["found"]), str(context["expected"])
    if kind in _PLAIN:
        return shown(given), _PLAIN[kind]
    if kind in _BOUNDS:
        name, text = _BOUNDS[kind]
        return shown(given), text.format(context[name])
    if kind in ("literal_error", "enum"):
        return shown(given), _choices(str(given), str(context["expected"]))
    if kind == "union_tag_invalid":
        return f"'{context['tag']}'", _choices(str(context["tag"]), str(context["expected_tags"]))
    if kind == "union_tag_not_found":
        return shown(given), f"add {context['discriminator']}".replace("'", "") + ": …"
    if kind == "string_pattern_mismatch":
        return shown(given), _pattern(str(given), str(context["pattern"]))
    if kind == "value_error":
        return shown(given), str(context["error"])
    return shown(given), error["msg"]


def _choices(given: str, expected: str) -> str:
    choices = re.findall(r"'([^']*)'", expected)
    near = nearest(given, choices)
    if near:
        return f"did you mean '{near}'? (one of {', '.join(choices)})"
    return f"write {choices[0]}" if len(choices) == 1 else f"write one of {', '.join(choices)}"


def _pattern(given: str, pattern: str) -> str:
    if _SLUG.match(pattern):
        slug = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")
        return f"write lower-case words joined by hyphens: '{slug or 'people-live-longer'}'"
    if pattern == "^[A-Z]{3}$":
        return "write the three capital letters of the currency, such as GBP"
    return f"write text of the form {pattern}"
