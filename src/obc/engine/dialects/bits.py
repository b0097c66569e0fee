"""Bits, where an engine has no shift, or no bitwise "or" over rows."""

from sqlglot import exp


def gathered_by_maxima(node: exp.Expression, periods: int) -> exp.Expression:
    """All bits that any row has: the sum of the greatest value of each bit."""
    if not isinstance(node, exp.BitwiseOrAgg):
        return node
    bits = (
        exp.Max(this=exp.BitwiseAnd(this=exp.Paren(this=node.this.copy()), expression=exp.Literal.number(2**period)))
        for period in range(periods)
    )
    total: exp.Expression = next(bits)
    for bit in bits:
        total = exp.Add(this=total, expression=bit)
    return exp.Paren(this=total)


def shifted_by_division(node: exp.Expression) -> exp.Expression:
    """Bits moved to the right: a whole division, for numbers that are not negative."""
    if not isinstance(node, exp.BitwiseRightShift):
        return node
    divisor = exp.Literal.number(2 ** int(node.expression.this))
    # not IntDiv, which is written by way of FLOAT: that holds 53 of 60 bits
    return exp.Div(this=node.this, expression=divisor, typed=True)
