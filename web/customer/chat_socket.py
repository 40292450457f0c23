"""The customer's socket: say hello, catch up, talk. One task reads, one sends."""

import asyncio
import math
import time
from typing import assert_never

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from actions import Centre, NotAllowed
from actions.answering import hand_off
from actions.customer import receive
from conversation import (
    Appended,
    Channel,
    SeenUpTo,
    Stage,
    State,
    Subscription,
    TypingChanged,
)
from conversation.events import CUSTOMER_VISIBLE, Fact, Recorded
from sources import Sources
from storage.conversation import UnknownConversation
from storage.kit import StorageError
from web.customer import chat_protocol as p
from web.kit.connection import Connection, Hangup, origin_allowed
from web.kit.protocol import Ack, ErrorOut, ReadOut, TypingOut, event_out
from web.kit.source import source_of

log = structlog.get_logger(__name__)

WAITING_REFRESH_SECONDS = 5
"""How often a waiting customer's place in the queue is looked up."""

CATCH_UP = 500
"""Events sent in one welcome at most; the rest follow as ordinary events."""


async def chat_socket(socket: WebSocket, centre: Centre, sources: Sources, allowed_origins: list[str]) -> None:
    """Serve one customer's page until it leaves."""
    await socket.accept()
    connection = Connection(socket, time.monotonic)
    try:
        if not origin_allowed(socket, allowed_origins):
            text = "This site may not open the chat: its address is not in SWITCHBOARD_ALLOWED_ORIGINS."
            await connection.send(ErrorOut(code="not_welcome", message=text))
            raise Hangup(1008, "this site may not embed the chat")
        hello = await connection.first(p.from_customer)
        if not isinstance(hello, p.ChatHello):
            raise Hangup(1008, "say hello first")
        source = source_of(socket, centre.tokens)
        if hello.conversation_id is None and (wait := sources.wait_for("chat", source)):
            text = "Too many chats were begun from your network just now. Please try again in a moment."
            await connection.send(ErrorOut(code="too_fast", message=text, retry_after_seconds=math.ceil(wait)))
            raise Hangup(1013, "too many new chats from this network")
        await _ChatSession(connection, centre, source).serve(hello, socket.headers.get("user-agent", ""))
    except Hangup as hangup:
        await connection.close(hangup.code, hangup.reason)
    except WebSocketDisconnect:
        return
    except StorageError:
        await connection.close(1013, "the database does not answer; reconnect in a few seconds")


class _ChatSession:
    def __init__(self, connection: Connection, centre: Centre, source: str) -> None:
        self._connection = connection
        self._centre = centre
        self._source = source
        self._id = ""
        self._sent = 0
        self._stage = Stage.AGENT
        self._subscription = Subscription()

    async def serve(self, hello: p.ChatHello, user_agent: str) -> None:
        state, token = await self._open(hello, user_agent)
        self._id = state.conversation_id
        self._sent = 0 if token else hello.last_seq
        self._centre.feed.attach(self._id, self._subscription)
        try:
            with self._centre.attendance.here(self._id, is_new=token is not None, source=self._source):
                await self._welcome(token)
                if hello.wants_person and token:
                    text = "I'd like to talk to a person, please."
                    await receive.receive(self._centre, self._id, text, "wants-person")
                await self._connection.talk(self._pump(), self._read())
        finally:
            self._centre.feed.detach(self._id, self._subscription)

    async def _open(self, hello: p.ChatHello, user_agent: str) -> tuple[State, str | None]:
        if hello.conversation_id is None:
            facts = [Fact(name, value) for name, value in hello.pre_chat.items()]
            if hello.name:
                facts.insert(0, Fact("name", hello.name, "what the customer is called"))
            return await receive.start_chat(
                self._centre, Channel.CHAT, pre_chat=tuple(facts), device=user_agent[:200], page=hello.page
            )
        try:
            kept = await self._centre.store.token_hash(hello.conversation_id)
        except UnknownConversation:
            kept = ""
        if not hello.token or not self._centre.tokens.matches(hello.token, kept):
            await self._connection.send(
                ErrorOut(code="not_yours", message="This conversation can't be opened here. Start a new one.")
            )
            raise Hangup(1008, "not this browser's conversation")
        return await self._centre.store.reload(hello.conversation_id), None

    async def _welcome(self, token: str | None) -> None:
        state = await self._centre.store.reload(self._id)
        if self._sent > state.seq:  # the page knows more than we do: the database was restored from before
            self._sent = 0
        events = await self._centre.store.read(self._id, after=self._sent, limit=CATCH_UP)
        self._stage = state.owner.stage
        if events:
            self._sent = events[-1].seq
        await self._connection.send(
            p.Welcome(
                conversation_id=self._id,
                token=token,
                seq=self._sent,
                stage=state.owner.stage,
                agent_name=self._centre.tenant.persona.name,
                brand=self._centre.tenant.brand,
                events=[event_out(one) for one in events if isinstance(one.event, CUSTOMER_VISIBLE)],
                waiting=await self._waiting(state),
            )
        )
        if state.seq > self._sent:
            await self._catch_up()

    async def _catch_up(self) -> None:
        """Read and send everything the page has not seen: after a lag, or a very long absence."""
        while events := await self._centre.store.read(self._id, after=self._sent, limit=CATCH_UP):
            await self._send_events(events)
        await self._send_stage(await self._centre.store.load(self._id))

    async def _pump(self) -> None:
        while True:
            await self._connection.beat_if_quiet(self._centre.clock())
            is_waiting = self._stage in (Stage.QUEUED, Stage.OFFERED)
            pause = self._connection.seconds_to_beat()
            try:
                async with asyncio.timeout(min(pause, WAITING_REFRESH_SECONDS) if is_waiting else pause):
                    message = await self._subscription.get()
            except TimeoutError:
                if is_waiting:
                    await self._send_waiting(await self._centre.store.load(self._id))
                continue
            match message:
                case None:
                    await self._catch_up()
                case Appended(events=events, state=state):
                    if events and events[0].seq > self._sent + 1:
                        await self._catch_up()
                    await self._send_events(events)
                    await self._send_stage(state)
                case TypingChanged(who="agent" | "operator" as who, name=name, is_typing=is_typing):
                    typing = TypingOut(conversation_id=self._id, who=who, name=name, is_typing=is_typing)
                    await self._connection.send(typing)
                case SeenUpTo(who="operator", seq=seq):
                    await self._connection.send(ReadOut(conversation_id=self._id, who="operator", seq=seq))
                case _:
                    continue

    async def _send_events(self, events: tuple[Recorded, ...]) -> None:
        for one in events:
            if one.seq > self._sent:
                self._sent = one.seq
                if isinstance(one.event, CUSTOMER_VISIBLE):
                    await self._connection.send(event_out(one))

    async def _send_stage(self, state: State) -> None:
        if state.owner.stage is not self._stage:
            self._stage = state.owner.stage
            await self._connection.send(
                p.StageOut(
                    conversation_id=self._id,
                    stage=state.owner.stage,
                    operator_name=state.owner.operator_name,
                    seq=state.seq,
                )
            )
            await self._send_waiting(state)

    async def _send_waiting(self, state: State) -> None:
        waiting = await self._waiting(state)
        if waiting is not None:
            await self._connection.send(waiting)

    async def _waiting(self, state: State) -> p.WaitingOut | None:
        if not state.is_waiting:
            return None
        place = await hand_off.place_in_queue(self._centre, state)
        return p.WaitingOut(
            position=place.position,
            estimate_seconds=place.estimate_seconds,
            is_confirmed=state.owner.is_handover_confirmed,
            ready_at=state.owner.ready_at,
        )

    async def _read(self) -> None:
        while True:
            await self._handle(await self._connection.next(p.from_customer))

    async def _handle(
        self, message: p.ChatHello | p.ChatSay | p.ChatTyping | p.ChatRead | p.ChatConfirm | p.ChatEnd
    ) -> None:
        match message:
            case p.ChatHello():
                await self._connection.send(ErrorOut(code="not_welcome", message="You have said hello already."))
            case p.ChatSay():
                await self._say(message)
            case p.ChatTyping():
                self._centre.signal(TypingChanged(self._id, "customer", message.is_typing))
            case p.ChatRead():
                self._centre.signal(SeenUpTo(self._id, "customer", message.seq))
            case p.ChatConfirm():
                await receive.confirm_handover(self._centre, self._id)
            case p.ChatEnd():
                await receive.leave(self._centre, self._id)
            case _:
                assert_never(message)

    async def _say(self, message: p.ChatSay) -> None:
        try:
            seq = await receive.receive(self._centre, self._id, message.text, message.client_id)
        except NotAllowed as error:
            refusal = ErrorOut(code="conversation_closed", message=str(error), client_id=message.client_id)
            await self._connection.send(refusal)
        except StorageError:
            await self._connection.send(
                ErrorOut(
                    code="unavailable",
                    message="We can't save your message right now. It stays here; please try again in a moment.",
                    client_id=message.client_id,
                    retry_after_seconds=2,
                )
            )
        else:
            await self._connection.send(Ack(client_id=message.client_id, seq=seq))
