"""What is missing: an open end of the engagement or of the change, for somebody to close."""

from pydantic import BaseModel, ConfigDict


class Missing(BaseModel):
    """What is not there (`what`), of which record, and what that means or who could mend it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    which: str
    says: str

    def __str__(self) -> str:
        return f"{self.what} ({self.which}): {self.says}"
