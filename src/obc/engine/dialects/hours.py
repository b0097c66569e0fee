"""Hours, where an engine has no intervals that are added to a moment."""

from sqlglot import exp


def hours_by_function(node: exp.Expression) -> exp.Expression:
    """A moment and an interval as the function that moves a moment."""
    if not isinstance(node, exp.Add | exp.Sub) or not isinstance(node.expression, exp.Interval):
        return node
    length = exp.Literal.number(node.expression.this.this)
    return exp.DateAdd(
        this=node.this,
        expression=exp.Neg(this=length) if isinstance(node, exp.Sub) else length,
        unit=exp.var(node.expression.unit.name.upper()),
    )
