"""Whole numbers, where an engine gives a result no more room than its parts: Transact-SQL.

There a sum of `int` overflows at 2,147,483,647 (person-days of a county reach it), and a literal beyond that is a
decimal, to which `&` does not apply. See "SUM (Transact-SQL)" and "Constants (Transact-SQL)" in Microsoft's manual.
"""

from sqlglot import exp

_LARGEST = 2**31 - 1
"""Of the type `int`."""


def wide_sums(node: exp.Expression) -> exp.Expression:
    """The sum of whole numbers as `BIGINT`. A column is one where the query itself makes it of whole numbers; other
    columns are decimals, whose sums have room."""
    if isinstance(node, exp.Sum) and (_is_whole(node.this) or _is_made_whole(node.this)):
        node.set("this", _wide(node.this))
    return node


def wide_literals(node: exp.Expression) -> exp.Expression:
    """A whole number that is no `int` as `BIGINT`."""
    return _wide(node) if _number(node) > _LARGEST else node


def _is_whole(value: exp.Expression) -> bool:
    match value:
        case exp.Paren() | exp.Neg():
            return _is_whole(value.this)
        case exp.BitwiseAnd() | exp.BitwiseOr() | exp.DateDiff():
            return True
        case exp.Add() | exp.Sub() | exp.Mul():
            return _is_whole(value.this) and _is_whole(value.expression)
        case exp.Case():
            default = value.args.get("default")
            return all(_is_whole(one.args["true"]) for one in value.args["ifs"]) and (not default or _is_whole(default))
        case exp.Literal():
            return _number(value) >= 0
    return False


def _is_made_whole(value: exp.Expression) -> bool:
    if not isinstance(value, exp.Column):
        return False
    made = [one.this for one in value.root().find_all(exp.Alias) if one.alias == value.name]
    found = [one for one in made if not isinstance(one, exp.Column)]
    return bool(found) and all(isinstance(one, exp.Sum) or _is_whole(one) for one in found)


def _number(node: exp.Expression) -> int:
    """The number of a literal without decimal places; -1 of anything else."""
    is_one = isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit()
    return int(node.name) if is_one else -1


def _wide(value: exp.Expression) -> exp.Expression:
    return exp.Cast(this=value.copy(), to=exp.DataType.build("BIGINT"))
