"""The sockets of a live call: the customer's page and the operator's softphone."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager

from starlette.websockets import WebSocket, WebSocketDisconnect

from actions import Centre
from conversation import Appended, CallEnd, State, Subscription, subscribed
from conversation.events import CallStarted
from sources import Sources, TooMany
from storage.conversation import UnknownConversation
from storage.people import Person
from telephony import wire as w
from telephony.lines import ALL_BUSY, TAKEN_OVER, CallRegistry, Carrier, NoVoice
from telephony.shell import LiveCall
from web.calls.relay import home_of, relay
from web.calls.voice_wire import Wire, guarded
from web.kit.access import until_access_ends
from web.kit.connection import Hangup, origin_allowed, same_origin
from web.kit.source import source_of


async def voice_socket(
    socket: WebSocket, centre: Centre, calls: CallRegistry, sources: Sources, allowed_origins: list[str]
) -> None:
    """Serve one caller's page until the call ends."""
    await socket.accept()
    wire = Wire(socket)
    await guarded(wire, _serve_customer(wire, socket, centre, calls, sources, allowed_origins))


async def _serve_customer(
    wire: Wire, socket: WebSocket, centre: Centre, calls: CallRegistry, sources: Sources, allowed_origins: list[str]
) -> None:
    if not origin_allowed(socket, allowed_origins):
        await wire.send(w.Problem("not_welcome", "This site may not open calls here."))
        raise Hangup(1008, "this site may not open calls")
    calls.engine_loader.warm()
    start = await wire.first()
    if start.conversation_id is not None:
        await _must_own(wire, centre, start)
    if calls.engine_loader.is_open and not calls.engine_loader.is_ready:
        await wire.send(w.LineState("agent", "loading", None, "One moment, the line is being opened."))
    carrier = Carrier("browser", socket.headers.get("user-agent", "")[:200])
    source = source_of(socket, centre.tokens)
    with _line_of(sources, source, calls.most_calls):
        live, opening, token = await calls.open(
            start.conversation_id, carrier, wire.leg, captions=start.captions, name=start.name
        )
        wire.leg.put(_opened(centre, opening.state, token, live.call_id))
        with centre.attendance.here(live.conversation_id, source=source):
            await _talk(wire, calls, live, opening)
    await wire.close(1000, "the call has ended")


@contextmanager
def _line_of(sources: Sources, source: str, most_calls: int) -> Iterator[None]:
    """One of the lines of a source, which may hold half of them. Raises NoVoice when it has as many, or dials on."""
    if sources.wait_for("call", source):
        raise NoVoice(ALL_BUSY, "busy")
    try:
        with sources.holding("line", source, max(1, most_calls // 2)):
            yield
    except TooMany:
        raise NoVoice(ALL_BUSY, "busy") from None


async def _talk(wire: Wire, calls: CallRegistry, live: LiveCall, opening: Appended) -> None:
    """The call, from its opening to its end on record. Raises what the line was stopped by."""
    running = asyncio.create_task(live.run(opening))
    reading = asyncio.create_task(wire.read(live.from_customer))
    writing = asyncio.create_task(wire.write())
    try:
        await asyncio.wait([running, reading, writing], return_when=asyncio.FIRST_COMPLETED)
    finally:
        running.cancel()
        reading.cancel()
        ran, read = await asyncio.gather(running, reading, return_exceptions=True)
        hung_up = _hung_up(read)
        goes_on = await calls.gone(live, hung_up)
        wrote = await _last_words(wire, writing, _over(hung_up or live.ending, goes_on=goes_on))
    if isinstance(ran, ExceptionGroup):
        raise ran.exceptions[0]  # the first of the call's own tasks that failed stopped the others
    for stopped_by in (ran, wrote, read):
        if isinstance(stopped_by, Exception):
            raise stopped_by


async def _last_words(wire: Wire, writing: "asyncio.Task[None]", farewell: w.Over | None) -> Exception | None:
    """Send the farewell to a line that may be gone; what stopped its writing."""
    try:
        await wire.finish(writing, farewell)
    except (Hangup, WebSocketDisconnect) as error:
        return error
    return None


def _hung_up(read: "w.HungUp | BaseException") -> CallEnd | None:
    match read:
        case w.HungUp(keeps_chat=True):
            return CallEnd.MOVED_TO_CHAT
        case w.HungUp():
            return CallEnd.HUNG_UP
        case _:
            return None


def _opened(centre: Centre, state: State, token: str | None, call_id: str) -> w.Opened:
    return w.Opened(
        state.conversation_id,
        token,
        call_id,
        centre.tenant.persona.name,
        centre.tenant.brand,
        bool(state.call and state.call.is_recording),
    )


def _over(reason: CallEnd | None, *, goes_on: bool) -> w.Over:
    if reason is CallEnd.LINE_LOST:  # from inside a call whose line is there: another line has taken its place
        return w.Over("system", TAKEN_OVER, goes_on)
    by = "customer" if reason in (CallEnd.HUNG_UP, CallEnd.MOVED_TO_CHAT) else "system"
    return w.Over(by, reason or CallEnd.CONVERSATION_ENDED, goes_on)


async def _must_own(wire: Wire, centre: Centre, start: w.Started) -> None:
    try:
        kept = await centre.store.token_hash(start.conversation_id or "")
    except UnknownConversation:
        kept = ""
    if not start.token or not centre.tokens.matches(start.token, kept):
        await wire.send(w.Problem("not_yours", "This conversation can't be opened here. Start a new one."))
        raise Hangup(1008, "not this browser's conversation")


async def desk_voice_socket(socket: WebSocket, centre: Centre, calls: CallRegistry) -> None:
    """Serve one operator's softphone until they leave the line, or the call is no longer theirs."""
    if not same_origin(socket):
        await socket.close(1008, "the desk opens from its own site only")
        return
    await socket.accept()
    wire = Wire(socket)
    await guarded(wire, _serve_operator(wire, socket, centre, calls))


async def _serve_operator(wire: Wire, socket: WebSocket, centre: Centre, calls: CallRegistry) -> None:
    start = await wire.first()
    if home := await home_of(centre, start.conversation_id or ""):
        await relay(socket, home, wire.opening)
        return
    entered = await centre.people.use_ticket(start.ticket or "", centre.clock())
    if entered is None:
        await wire.send(w.Problem("not_welcome", "Please sign in again."))
        raise Hangup(4401, "sign in again")
    person, session = entered
    with subscribed(centre.feed, start.conversation_id or "") as changes:
        state = await _joinable(wire, centre, person, start.conversation_id or "")
        wire.leg.put(_opened(centre, state, None, state.call.call_id if state.call else ""))
        with calls.operator_line(state, person, wire.leg, wants_brief=start.wants_brief):
            ended = until_access_ends(centre, session)
            await _speak(wire, centre, calls, person, state.conversation_id, changes, ended)
    await wire.close(1000, "the line is closed")


async def _speak(
    wire: Wire,
    centre: Centre,
    calls: CallRegistry,
    person: Person,
    conversation_id: str,
    changes: Subscription,
    access: Coroutine[object, object, None],
) -> None:
    """An operator's line until either side ends it, or `access` does. Raises what it was stopped by."""

    def take(value: w.FromCaller) -> None:
        if isinstance(value, w.Pinged):
            wire.leg.put(w.Pong(value.id))
        elif live := calls.find(conversation_id):
            live.from_operator(person.id, value)

    reading = asyncio.create_task(wire.read(take))
    writing = asyncio.create_task(wire.write())
    following = asyncio.create_task(_until_not_theirs(centre, person, conversation_id, changes))
    ending = asyncio.create_task(access)
    farewell: w.Over | None = None
    try:
        await asyncio.wait([reading, writing, following, ending], return_when=asyncio.FIRST_COMPLETED)
    finally:
        reading.cancel()
        following.cancel()
        ending.cancel()
        read, followed, ended = await asyncio.gather(reading, following, ending, return_exceptions=True)
        if isinstance(followed, State):
            farewell = _over_for_operator(followed)
        wrote = await _last_words(wire, writing, farewell)
    for stopped_by in (ended, wrote, read, followed):
        if isinstance(stopped_by, Exception):
            raise stopped_by


async def _until_not_theirs(centre: Centre, person: Person, conversation_id: str, changes: Subscription) -> State:
    """Wait until this person has no part in the call any more; how the conversation stands then."""
    while True:
        match await changes.get():
            case Appended(state=state) as appended:
                if appended.is_from_elsewhere and any(isinstance(one.event, CallStarted) for one in appended.events):
                    raise Hangup(1012, "the caller's line has come back elsewhere; this one follows")
            case None:
                state = await centre.store.reload(conversation_id)
            case _:
                continue
        if state.call is None or not _has_part(state, person):
            return state


def _has_part(state: State, person: Person) -> bool:
    consult = state.call.consult if state.call else None
    return person.id in (state.owner.operator_id, consult.operator_id if consult else None)


def _over_for_operator(state: State) -> w.Over:
    if not state.is_live:
        return w.Over(state.owner.ended_by or "system", CallEnd.CONVERSATION_ENDED, False)
    return w.Over("system", CallEnd.LINE_LOST if state.call is None else "passed_on", True)


async def _joinable(wire: Wire, centre: Centre, person: Person, conversation_id: str) -> State:
    """The conversation this person may speak in. Raises Hangup."""
    try:
        state = await centre.store.reload(conversation_id)
    except UnknownConversation:
        state = None
    if state is None or not _has_part(state, person):
        await wire.send(w.Problem("not_allowed", "You don't hold this conversation."))
        raise Hangup(1008, "not your conversation")
    if state.call is None:
        await wire.send(w.Problem("no_call", "The customer is not on the phone."))
        raise Hangup(1008, "no call")
    return state
