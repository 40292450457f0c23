"""Where a request or a socket comes from, as far as limits go."""

from starlette.requests import HTTPConnection

from sources import network_of
from storage.people import TokenHasher


def source_of(connection: HTTPConnection, tokens: TokenHasher) -> str:
    """A keyed hash of the client's network; empty where there is no address."""
    return tokens.hashed(network_of(connection.client.host))[:16] if connection.client else ""
