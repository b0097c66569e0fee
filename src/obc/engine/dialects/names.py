"""Names of ours that mean something in an engine, and must be quoted there."""

from sqlglot import exp

_RESERVED_IN_SNOWFLAKE = frozenset({"check"})


def reserved_in_capitals(node: exp.Expression) -> exp.Expression:
    """A reserved word as a quoted name, in the capitals in which Snowflake keeps names that are not quoted."""
    if not isinstance(node, exp.Identifier) or node.name not in _RESERVED_IN_SNOWFLAKE:
        return node
    return exp.to_identifier(node.name.upper(), quoted=True)
