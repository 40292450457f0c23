"""Who is asking: passwords, the session cookie, roles, one-use websocket tickets and the origin of a form."""

import math
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from fastapi import Request, Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from actions import Clock
from storage.people import People, Person, Role
from web.kit.limits import Attempts
from web.kit.refusals import Refused

COOKIE = "switchboard_session"
SESSION_HOURS = 12
TICKET_SECONDS = 30
MIN_PASSWORD = 10

SignedIn = Callable[[Request], Awaitable[Person]]
"""A door's dependency: who is signed in, or a refusal."""


class Auth:
    """Sign-in and what it opens."""

    def __init__(self, people: People, clock: Clock, *, is_secure: bool) -> None:
        self._people = people
        self._clock = clock
        self._is_secure = is_secure
        self._hasher = PasswordHash((Argon2Hasher(),))
        self._attempts = Attempts(time.monotonic)

    @cached_property
    def _nobody(self) -> str:
        """The hash an unknown address is compared with; made when first needed, it costs as much as a sign-in."""
        return self._hasher.hash(secrets.token_urlsafe(16))

    def hash_password(self, password: str) -> str:
        """An argon2 hash; about 50 ms of CPU."""
        return self._hasher.hash(password)

    def is_password(self, person: Person, password: str) -> bool:
        """True when this is the person's password."""
        return self._hasher.verify(password, person.password_hash)

    async def sign_in(self, request: Request, response: Response, email: str, password: str) -> Person:
        """Open a session and set its cookie. Raises Refused 401 or 429."""
        address = request.client.host if request.client else ""
        wait = max(
            self._attempts.wait_for(f"account {email.lower()} {address}"), self._attempts.wait_for(f"address {address}")
        )
        if wait > 0:
            raise Refused(429, "too_fast", f"Too many attempts. Try again in {wait:.0f} seconds.", math.ceil(wait))
        person = await self._people.find_by_email(email)
        # The same work for an unknown address: how long it takes says nothing.
        is_right = self._hasher.verify(password, person.password_hash if person else self._nobody)
        if person is None or not is_right:
            raise Refused(401, "wrong_password", "That e-mail address and password don't match.")
        await self.open_session(response, person)
        return person

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

    async def sign_out(self, request: Request, response: Response) -> None:
        token = request.cookies.get(COOKIE)
        if token:
            await self._people.close_session(token)
        response.delete_cookie(COOKIE, path="/")

    async def find_person(self, request: Request) -> Person | None:
        """Who is signed in; None for nobody."""
        token = request.cookies.get(COOKIE)
        return await self._people.session_person(token, self._clock()) if token else None

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

    async def ticket(self, person: Person) -> str:
        """A token that opens one desk socket within thirty seconds; sent in its first message, never in an address."""
        token = secrets.token_urlsafe(32)
        expires_at: datetime = self._clock() + timedelta(seconds=TICKET_SECONDS)
        await self._people.issue_ticket(token, person.id, expires_at)
        return token


def refuse_foreign_form(request: Request) -> None:
    """A change may only come from our own pages. Raises Refused 403."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "foreign_site", "This request came from another site.")
