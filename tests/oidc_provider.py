"""A small OpenID provider: it signs in whoever it is told to, and can be told to answer wrongly."""

import base64
import hashlib
import json
import secrets
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from wsgi_server import free_port, served

CLIENT, SECRET = "obc", "the secret of the client"


class Provider:
    """The provider, as a WSGI application. `claims` go into the next token over what is right; `key` signs it."""

    def __init__(self):
        self.key = self.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer, self.codes, self.claims, self.algorithm = "", {}, {}, "RS256"

    def __call__(self, environ, start):
        path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
        if path == "/.well-known/openid-configuration":
            names = ("authorization", "token")
            known = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in names}
            return self._json(start, {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **known})
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key()))
            return self._json(start, {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})
        if path == "/authorization":
            asked = {name: values[0] for name, values in query.items()}
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            start("302 Found", [("Location", f"{asked['redirect_uri']}?{back}")])
            return [b""]
        sent = {
            name: values[0]
            for name, values in parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()).items()
        }
        asked = self.codes.pop(sent["code"], None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        right = asked is not None and (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        if not right or asked["code_challenge"] != proof or asked["code_challenge_method"] != "S256":
            return self._json(start, {"error": "invalid_grant"}, "400 Bad Request")
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300} | {
            "nonce": asked["nonce"],
            **self.claims,
        }
        signer = self.key if self.algorithm == "RS256" else SECRET * 2 if self.algorithm == "HS256" else None
        token = jwt.encode(claims, signer, self.algorithm, headers={"kid": "one"})
        return self._json(start, {"id_token": token, "access_token": "x", "token_type": "Bearer"})

    def _json(self, start, content, status="200 OK"):
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(content).encode()]


@contextmanager
def provider():
    """A provider that listens on this machine while the block lasts."""
    made = Provider()
    port = free_port()
    made.issuer = f"http://127.0.0.1:{port}"
    with served(made, port, threads=1):
        yield made
