"""How passwords of the demonstration are kept; everybody else's are kept as Django does."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PrintedPassword(PBKDF2PasswordHasher):
    """For a password that is printed for all to read: one round, since it hides nothing."""

    algorithm = "pbkdf2_sha256_printed"
    iterations = 1
