"""The last value that is known, where an engine cannot pass over what is empty."""

from sqlglot import exp

_LENGTH_OF_A_DAY = 10


def last_known_by_maximum(node: exp.Expression) -> exp.Expression:
    """The greatest of (day, value) up to the row, as one text: the day as ten characters, then the value."""
    if not (isinstance(node, exp.Window) and isinstance(node.this, exp.IgnoreNulls)):
        return node
    value = node.this.this.this
    if not (isinstance(node.this.this, exp.LastValue) and node.alias):
        return node
    windows = node.find_ancestor(exp.Select).args["windows"]
    (window,) = [one for one in windows if one.name == node.alias]
    day = window.args["order"].expressions[0].this
    written = exp.Anonymous(this="TO_CHAR", expressions=[day.copy(), exp.Literal.string("YYYY-MM-DD")])
    packed = exp.Collate(
        this=exp.Paren(this=exp.DPipe(this=written, expression=value.copy())),
        expression=exp.to_identifier("C", quoted=True),
    )
    node.set("this", exp.Max(this=packed))
    return exp.Substring(this=node.copy(), start=exp.Literal.number(_LENGTH_OF_A_DAY + 1))
