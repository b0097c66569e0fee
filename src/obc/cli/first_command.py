"""A group whose first command may go unnamed: `obc assessment oxfordshire` is `obc assessment show oxfordshire`."""

from typer.core import TyperGroup


class FirstUnnamed(TyperGroup):
    """Runs its first command where the second word is none of its commands."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Put the first command's name before words that name none; `--help` is about the group."""
        if not args or args[0] not in (*self.commands, "--help"):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)  # type: ignore[arg-type]
