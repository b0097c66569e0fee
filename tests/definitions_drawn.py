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


def carer_scored(items: tuple[str, ...], *readings: tuple[str, str, str, list[int]]) -> str:
    """Rows of carers' scores: each reading is carer, person, day and the scores of the first items."""
    rows = [
        f"                 | {carer} {person} {day} {item} {score}"
        for carer, person, day, scores in readings
        for item, score in zip(items, scores, strict=False)
    ]
    return "\n" + "\n".join(["    carer_scores | carer_id person_id happened item score", *rows]) + "\n"
