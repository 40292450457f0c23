"""Keyed hashes of random tokens: a stolen database opens no session and no conversation."""

import hmac
from hashlib import sha256


class TokenHasher:
    """HMAC-SHA-256 under the server's secret."""

    def __init__(self, secret: str) -> None:
        self._key = secret.encode()

    def hashed(self, token: str) -> str:
        """What is kept of a token: 64 hexadecimal digits."""
        return hmac.new(self._key, token.encode(), sha256).hexdigest()

    def matches(self, token: str, kept: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(self.hashed(token), kept)
