"""Patterns, where an engine has no comparison of a whole text with a regular expression."""

from sqlglot import exp


def whole_texts_by_ends(node: exp.Expression) -> exp.Expression:
    """A pattern of the whole text as a search whose ends are tied down."""
    if not isinstance(node, exp.SimilarTo | exp.RegexpFullMatch):
        return node
    tied = exp.Literal.string(f"^({node.expression.this})$")
    return exp.RegexpLike(this=node.this, expression=tied)
