"""Who is asking: passwords, the session cookie, roles, one-use websocket tickets and the origin of a form."""

import asyncio
import hmac
import math
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated
from urllib.parse import urlsplit

import structlog
from fastapi import Request, Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import AfterValidator, Field

from actions import Clock
from sources import Sources
from storage.people import People, Person, Role, TokenHasher
from web.kit.refusals import Refused
from web.kit.source import source_of

log = structlog.get_logger(__name__)

COOKIE, DEVICE = "switchboard_session", "switchboard_device"
"""The session, and that this device has signed in to an account before."""
DEVICE_DAYS = 180
SESSION_HOURS = 12
TICKET_SECONDS = 30
MIN_PASSWORD = 10
LEAST_CHARACTERS = 5
"""Different ones in a password."""
GUESSED_FIRST = frozenset(
    {
        "password",
        "passwort",
        "qwertyuiop",
        "qwertzuiop",
        "switchboard",
        "administrator",
        "letmein",
        "welcome",
        "iloveyou",
    }
)
"""With digits behind or before them."""
HASHES_AT_ONCE = 2
"""An argon2 hash takes 20 to 50 ms of a core."""

SignedIn = Callable[[Request], Awaitable[Person]]
"""A door's dependency: who is signed in, or a refusal."""


class Auth:
    """Sign-in and what it opens."""

    def __init__(self, people: People, tokens: TokenHasher, clock: Clock, sources: Sources, *, is_secure: bool) -> None:
        self._people = people
        self._tokens = tokens
        self._clock = clock
        self._is_secure = is_secure
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._sources = sources
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        """The hash an unknown address is compared with; made when first needed, it costs as much as a sign-in."""
        return self._hasher.hash(secrets.token_urlsafe(16))

    async def hash_password(self, password: str) -> str:
        """An argon2 hash; about 50 ms of CPU, beside the event loop."""
        async with self._hashing:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def is_password(self, person: Person | None, password: str) -> bool:
        """True when this is the person's password. The same work for nobody: how long it takes says nothing."""
        async with self._hashing:
            return await asyncio.to_thread(self._is_password, person, password)

    def _is_password(self, person: Person | None, password: str) -> bool:
        is_right = self._hasher.verify(password, person.password_hash if person else self._nobody)
        return is_right and person is not None

    async def sign_in(self, request: Request, response: Response, email: str, password: str) -> Person:
        """Open a session and set its cookie. Raises Refused 401 or 429.

        Guesses at an account are counted wherever they come from, but for a device that has signed in to it before:
        whoever guesses locks out nobody.
        """
        account = email.strip().lower()
        guesser = self._tokens.hashed(f"device {account}" if self._knows_device(request, account) else account)[:16]
        wait = max(
            self._sources.wait_for("sign_in", source_of(request, self._tokens)),
            self._sources.wait_for("account", guesser),
        )
        if wait > 0:
            raise Refused(429, "too_fast", f"Too many attempts. Try again in {wait:.0f} seconds.", math.ceil(wait))
        person = await self._people.find_by_email(account)
        is_right = await self.is_password(person, password)
        if person is None or not is_right or not person.is_active:
            log.warning("sign-in refused", account=self._tokens.hashed(account)[:12])
            raise Refused(401, "wrong_password", "That e-mail address and password don't match.")
        self._sources.forget("account", guesser)
        await self.open_session(response, person)
        self._remember_device(response, account)
        return person

    def _knows_device(self, request: Request, account: str) -> bool:
        nonce, _, proof = request.cookies.get(DEVICE, "").partition(".")
        return bool(proof) and hmac.compare_digest(self._tokens.hashed(f"{nonce} {account}"), proof)

    def _remember_device(self, response: Response, account: str) -> None:
        nonce = secrets.token_urlsafe(12)
        value = f"{nonce}.{self._tokens.hashed(f'{nonce} {account}')}"
        response.set_cookie(
            DEVICE,
            value,
            max_age=DEVICE_DAYS * 86_400,
            httponly=True,
            samesite="strict",
            secure=self._is_secure,
            path="/api/sign-in",
        )

    async def open_session(self, response: Response, person: Person) -> None:
        token = secrets.token_urlsafe(32)
        expires_at = self._clock() + timedelta(hours=SESSION_HOURS)
        await self._people.open_session(token, person.id, expires_at)
        response.set_cookie(
            COOKIE,
            token,
            max_age=SESSION_HOURS * 3600,
            httponly=True,
            samesite="strict",
            secure=self._is_secure,
            path="/",
        )

    def token(self, request: Request) -> str:
        """The session's; empty for none."""
        return request.cookies.get(COOKIE, "")

    def forget(self, response: Response) -> None:
        """The browser has no session any more."""
        response.delete_cookie(COOKIE, path="/")

    async def find_person(self, request: Request) -> Person | None:
        """Who is signed in; None for nobody."""
        token = request.cookies.get(COOKIE)
        return await self._people.session_person(token, self._clock()) if token else None

    async def is_signed_in(self, request: Request) -> bool:
        """True when the request comes from one of us."""
        return await self.find_person(request) is not None

    async def person(self, request: Request) -> Person:
        """Who is signed in. Raises Refused 401."""
        person = await self.find_person(request)
        if person is None:
            raise Refused(401, "signed_out", "Please sign in.")
        return person

    async def supervisor(self, request: Request) -> Person:
        """The signed-in supervisor. Raises Refused 401 or 403."""
        person = await self.person(request)
        if person.role is not Role.SUPERVISOR:
            raise Refused(403, "not_allowed", "Only a supervisor may do this.")
        return person

    async def ticket(self, person: Person, request: Request) -> str:
        """A token that opens one desk socket within thirty seconds; sent in its first message, never in an address."""
        token = secrets.token_urlsafe(32)
        expires_at: datetime = self._clock() + timedelta(seconds=TICKET_SECONDS)
        await self._people.issue_ticket(token, person.id, expires_at, session=self.token(request))
        return token


def _not_guessable(password: str) -> str:
    """Raises ValueError for what is among the first guesses."""
    plain = password.casefold()
    if len(set(plain)) < LEAST_CHARACTERS or plain.isdigit() or plain.strip("0123456789!.") in GUESSED_FIRST:
        raise ValueError("That password is guessed at once. Use several words, or a password manager.")
    return password


NewPassword = Annotated[str, Field(min_length=MIN_PASSWORD, max_length=200), AfterValidator(_not_guessable)]


def refuse_foreign_form(request: Request) -> None:
    """A change may only come from our own pages. Raises Refused 403."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "foreign_site", "This request came from another site.")
