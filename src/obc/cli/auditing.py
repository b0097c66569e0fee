"""What the commands about the audit trail do and say."""

import json
import sys
from pathlib import Path

from obc.bootstrap import anchors as anchors_kept
from obc.bootstrap import serving
from obc.cli import output
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.core.kernel.trail import Action, broken_export


def verify(
    file: Path, head: str | None, anchors: Path | None, public_key: str | None, as_json: bool
) -> tuple[Problem, ...]:
    """Say whether an exported trail holds, and agrees with what was written down elsewhere. Returns the problems."""
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise refusal(
            file.name, "the file", "what cannot be read as JSON", "give the export of the audit page"
        ) from error
    problems = broken_export(content, head)
    if anchors is not None:
        trail = [Action.model_validate(one) for one in content["actions"]]
        against = anchors_kept.anchors_in(anchors)
        problems += anchors_kept.held_against(str(content.get("book")), trail, against, public_key)
    if as_json:
        output.problems_as_json(problems)
    elif problems:
        output.say_problems(problems)
    else:
        print(f"Accepted. {content['lines']} actions, each chained to the one before. Head: {content['head']}")
        if anchors is not None:
            print("It is the history that was written down.")
        elif head is None:
            print(
                "Give --head, or --anchors: only what was written down elsewhere shows that nothing was cut off or "
                "written anew.",
                file=sys.stderr,
            )
    return problems


def anchor(file: Path, key: Path | None, home: Path | None, as_json: bool) -> None:
    """Write the heads down."""
    serving.set_up(home, "local")
    from obc.bootstrap import anchoring

    made = anchoring.anchor(file, serving.clock(), key)
    if as_json:
        output.as_json({"anchors": [one.model_dump(mode="json") for one in made]})
        return
    print(f"Wrote {len(made)} lines into {file}{'' if key else ', unsigned: keep it where nobody else can write'}.")
    for one in made:
        print(f"  {one.book}  {one.lines}  {one.head}")
