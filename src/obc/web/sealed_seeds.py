"""The seeds of second factors, sealed in the database: a copy of it alone lets nobody in."""

import base64
import logging
import secrets
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealedSeeds(DefaultMFAAdapter):
    """Seeds and recovery codes under a key that is made from the application's own, which no database holds."""

    def encrypt(self, text: str) -> str:
        """Seal what goes into the database."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again. Sealed under another key it is as good as lost: no code fits until it is set up anew."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logging.getLogger(__name__).error(
                "a second factor was sealed under another OBC_SECRET_KEY: let them in anew"
            )
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()))
