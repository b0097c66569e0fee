"""Drawings that would be long by hand."""


def scored(person: str, items: tuple[str, ...], *readings: tuple[object, ...]) -> str:
    """Rows of scores: each reading is its day and the scores of the items, None for one not scored."""
    rows = [
        f"           | {person}       {day} {item} {score}"
        for day, *scores in readings
        for item, score in zip(items, scores, strict=True)
        if score is not None
    ]
    return "\n" + "\n".join(["    scores | person_id happened   item score", *rows]) + "\n"
