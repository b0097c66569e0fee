"""Who belongs to which segment, in or out of scope, from when to when, and why."""
