"""The desk's socket, for operators and supervisors: the whole desk once, then what changes."""

import asyncio
import time
from collections import Counter, defaultdict
from typing import Literal, assert_never

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from actions import Centre, NotAllowed
from actions.call import consult
from actions.operator import offer, operate
from actions.presence import presence
from conversation import (
    DESK_TOPIC,
    AccessEnded,
    Appended,
    ConversationSignal,
    CrewChanged,
    CustomerOnline,
    Message,
    SeenUpTo,
    SourceSpent,
    State,
    Subscription,
    TypingChanged,
    ViewersChanged,
)
from conversation.events import CallbackRequested, CallbackUpdated, Event
from conversation.fold import IllegalEvent
from crm_adapter import CrmAdapter
from storage.conversation import Moved, OperatorFull, UnknownConversation
from storage.kit import StorageError
from storage.people import Person, Presence
from web.desk import desk_protocol as d
from web.desk.desk_schemas import callbacks_out, desk_out, may_open, may_see, offer_out, record_of, work_item
from web.desk.people_board import Latest, PeopleBoard
from web.kit import protocol as p
from web.kit.access import until_access_ends
from web.kit.connection import Connection, Hangup, same_origin
from web.kit.protocol import event_out

log = structlog.get_logger(__name__)

GATHER_SECONDS = 0.05
"""Changes are gathered for so long and sent together: a busy centre costs a screen few messages."""

BUFFER = 4_096
MOST_FOLLOWED = 30
"""Conversations one screen may follow at once."""


class Desks:
    """Who has a desk open, over all tabs."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self.board = PeopleBoard(centre)
        self._open: Counter[str] = Counter()
        self._leaving: dict[str, asyncio.Task[None]] = {}
        self._moving = asyncio.Lock()  # a reload's leaving and arriving must not overlap
        self._viewing: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._viewing_elsewhere: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        """Who has a conversation open in other processes, by their names."""
        centre.feed.arrivals.append(self._arrived)
        centre.membership.returns.append(self._say_again)

    async def arrive(self, person: Person) -> None:
        """One more desk of theirs is open. Whoever comes back in time was never gone."""
        async with self._moving:
            self._open[person.id] += 1
            leaving = self._leaving.pop(person.id, None)
            if leaving is not None:
                leaving.cancel()
            elif self._open[person.id] == 1:
                await presence.arrive(self._centre, person)

    async def leave(self, person: Person, session: str) -> None:
        """One desk of theirs has closed; the last one may be loaded anew, unless its session is over."""
        async with self._moving:
            self._open[person.id] -= 1
            if self._open[person.id] > 0:
                return
            grace = self._centre.timing.reload_grace.total_seconds()
            if grace and await self._centre.people.has_session(session):
                self._leaving[person.id] = asyncio.create_task(self._leave_after(person, grace))
            else:
                await presence.leave(self._centre, person)

    async def _leave_after(self, person: Person, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._moving:
            del self._leaving[person.id]
            try:
                await presence.leave(self._centre, person)
            except StorageError:
                log.warning("an operator who left could not be taken off duty")

    def view(self, conversation_id: str, person: Person, *, opens: bool) -> None:
        """Someone opened or left a conversation: those who have it open are told."""
        viewers = self._viewing[conversation_id]
        viewers[person.name] += 1 if opens else -1
        if viewers[person.name] <= 0:
            del viewers[person.name]
        if not viewers:
            del self._viewing[conversation_id]
        self._tell_viewers(conversation_id, asks=opens)

    def others(self, conversation_id: str, person: Person) -> list[str]:
        """Colleagues who have the conversation open."""
        names = set(self._viewing.get(conversation_id, ()))
        for process, theirs in self._viewing_elsewhere.get(conversation_id, {}).items():
            if process in self._centre.membership.alive:
                names.update(theirs)
        return sorted(names - {person.name})

    def _tell_viewers(self, conversation_id: str, *, asks: bool = False) -> None:
        names = tuple(self._viewing.get(conversation_id, ()))
        process = self._centre.membership.process
        self._centre.feed.publish(conversation_id, ViewersChanged(conversation_id, names, process, asks))

    def _arrived(self, message: Message) -> None:
        """What colleagues at other processes have open; they are told the same of ours when they ask."""
        if not isinstance(message, ViewersChanged):
            return
        elsewhere = self._viewing_elsewhere[message.conversation_id]
        elsewhere[message.process] = message.names
        if not message.names:
            del elsewhere[message.process]
        if not elsewhere:
            del self._viewing_elsewhere[message.conversation_id]
        if message.asks and message.conversation_id in self._viewing:
            self._tell_viewers(message.conversation_id)

    async def _say_again(self) -> None:
        """This process was taken for dead: who has a desk open here is still there."""
        for person_id in list(self._open):
            if person := await self._centre.people.find(person_id):
                await presence.arrive(self._centre, person)


async def desk_socket(socket: WebSocket, centre: Centre, desks: Desks, crm: CrmAdapter) -> None:
    """Serve one desk until its page leaves."""
    if not same_origin(socket):
        await socket.close(1008, "the desk opens from its own site only")
        return
    await socket.accept()
    connection = Connection(socket, time.monotonic)
    try:
        hello = await connection.first(d.from_desk)
        entered = (
            await centre.people.use_ticket(hello.ticket, centre.clock()) if isinstance(hello, d.DeskHello) else None
        )
        if entered is None:
            await connection.send(p.ErrorOut(code="not_welcome", message="Please sign in again."))
            raise Hangup(4401, "sign in again")
        person, session = entered
        try:
            await desks.arrive(person)
            await _DeskSession(connection, centre, desks, crm, person).serve(session)
        finally:
            await asyncio.shield(desks.leave(person, session))
    except Hangup as hangup:
        await connection.close(hangup.code, hangup.reason)
    except WebSocketDisconnect:
        return
    except StorageError:
        await connection.close(1013, "the database does not answer; reconnect in a few seconds")


class _DeskSession:
    def __init__(self, connection: Connection, centre: Centre, desks: Desks, crm: CrmAdapter, person: Person) -> None:
        self._connection = connection
        self._centre = centre
        self._desks = desks
        self._crm = crm
        self._person = person
        self._subscription = Subscription(BUFFER)
        self._followed: dict[str, int] = {}
        """Conversation to the newest sequence number sent."""
        self._listed: set[str] = set()
        """Conversations in this screen's lists."""
        self._offers: dict[str, str] = {}
        """Conversation to the offer on this screen."""

    async def serve(self, session: str) -> None:
        """Until the page leaves, or the session it was opened from is over."""
        self._centre.feed.attach(DESK_TOPIC, self._subscription)
        try:
            await self._send_desk()
            with self._desks.board.reading() as people:
                await self._connection.talk(
                    self._pump(),
                    self._read(),
                    self._send_people(people),
                    until_access_ends(self._centre, session),
                )
        finally:
            self._centre.feed.detach(DESK_TOPIC, self._subscription)
            for conversation_id in list(self._followed):
                self._shut(conversation_id)

    # ------------------------------------------------------------ sending

    async def _send_desk(self) -> None:
        desk = await desk_out(self._centre, self._person)
        self._offers = {one.item.conversation_id: one.offer_id for one in desk.offers}
        self._listed = {item.conversation_id for item in (*desk.work, *desk.waiting, *desk.live)}
        await self._connection.send(desk)

    async def _pump(self) -> None:
        while True:
            await self._connection.beat_if_quiet(self._centre.clock())
            try:
                async with asyncio.timeout(self._connection.seconds_to_beat()):
                    first = await self._subscription.get()
            except TimeoutError:
                continue
            if first is None:
                await self._resync()
                continue
            await asyncio.sleep(GATHER_SECONDS)
            await self._send_changes([first, *self._subscription.drain()])

    async def _send_people(self, people: Latest) -> None:
        while True:
            await self._connection.send_text(await people.get())

    async def _resync(self) -> None:
        """This screen fell behind: everything again, from the store."""
        await self._send_desk()
        for conversation_id in list(self._followed):
            await self._send_events_of(conversation_id)

    async def _send_changes(self, messages: list[Message]) -> None:
        states: dict[str, State] = {}
        kinds: set[type[Event]] = set()
        for message in messages:
            match message:
                case Appended(events=events, state=state):
                    known = states.get(state.conversation_id)
                    states[state.conversation_id] = state if known is None or state.seq > known.seq else known
                    kinds |= {type(one.event) for one in events}
                    await self._send_followed(message)
                case CrewChanged() | AccessEnded() | SourceSpent():  # others look at these
                    continue
                case CustomerOnline(conversation_id=conversation_id):
                    if conversation_id not in states:
                        states |= await self._state_if_listed(conversation_id)
                case TypingChanged() | SeenUpTo() | ViewersChanged() as signal:
                    await self._send_signal(signal)
                case _:
                    assert_never(message)
        for state in states.values():
            await self._send_offer(state)
            if self._is_listed(state):
                await self._connection.send(d.ItemOut(item=work_item(self._centre, state)))
        if kinds & {CallbackRequested, CallbackUpdated}:
            await self._connection.send(d.CallbacksOut(callbacks=await callbacks_out(self._centre, self._person)))

    async def _state_if_listed(self, conversation_id: str) -> dict[str, State]:
        try:
            return {conversation_id: await self._centre.store.load(conversation_id)}
        except UnknownConversation:
            return {}

    def _is_listed(self, state: State) -> bool:
        """What this person may see, and once more what they no longer may: their screen takes it off its lists."""
        conversation_id = state.conversation_id
        is_seen = may_see(self._person, state)
        was_seen = conversation_id in self._listed
        if is_seen:
            self._listed.add(conversation_id)
        else:
            self._listed.discard(conversation_id)
        return is_seen or was_seen

    async def _send_followed(self, message: Appended) -> None:
        conversation_id = message.state.conversation_id
        sent = self._followed.get(conversation_id)
        if sent is None:
            return
        if message.events and message.events[0].seq > sent + 1:
            await self._send_events_of(conversation_id)
            return
        for one in message.events:
            if one.seq > self._followed[conversation_id]:
                self._followed[conversation_id] = one.seq
                await self._connection.send(event_out(one))

    async def _send_events_of(self, conversation_id: str) -> None:
        while events := await self._centre.store.read(conversation_id, after=self._followed[conversation_id]):
            for one in events:
                self._followed[conversation_id] = one.seq
                await self._connection.send(event_out(one))

    async def _send_offer(self, state: State) -> None:
        mine = state.owner.offer if state.owner.offer and state.owner.offer.operator_id == self._person.id else None
        shown = self._offers.get(state.conversation_id)
        if shown and (mine is None or mine.offer_id != shown):
            del self._offers[state.conversation_id]
            await self._connection.send(d.OfferGone(offer_id=shown, why=_why_gone(state, self._person)))
        if mine and mine.offer_id != shown:
            made = offer_out(self._centre, state)
            if made:
                self._offers[state.conversation_id] = mine.offer_id
                await self._connection.send(made)

    async def _send_signal(self, signal: ConversationSignal) -> None:
        conversation_id = signal.conversation_id
        if conversation_id not in self._followed:
            return
        match signal:
            case TypingChanged(who=who, name=name, is_typing=is_typing, operator_id=operator_id):
                if operator_id != self._person.id:
                    typing = p.TypingOut(conversation_id=conversation_id, who=who, name=name, is_typing=is_typing)
                    await self._connection.send(typing)
            case ViewersChanged():
                names = self._desks.others(conversation_id, self._person)
                await self._connection.send(d.ViewersOut(conversation_id=conversation_id, viewers=names))
            case SeenUpTo(who=reader, seq=seq):
                if reader == "customer":
                    await self._connection.send(p.ReadOut(conversation_id=conversation_id, who="customer", seq=seq))
            case _:
                assert_never(signal)

    # ------------------------------------------------------------ reading

    async def _read(self) -> None:
        while True:
            message = await self._connection.next(d.from_desk)
            client_id = getattr(message, "client_id", None)
            try:
                await self._handle(message)
            except (NotAllowed, IllegalEvent) as error:
                text = str(error) if isinstance(error, NotAllowed) else "That is not possible any more."
                await self._refuse("not_allowed", text, client_id)
            except OperatorFull:
                await self._refuse("not_allowed", "You are at capacity; finish a conversation first.", client_id)
            except UnknownConversation:
                await self._refuse("not_allowed", "There is no such conversation.", client_id)
            except Moved:
                await self._refuse("conflict", "The conversation moved on; please look again.", client_id)
            except StorageError:
                await self._refuse("unavailable", "That could not be saved; please try again.", client_id)

    async def _refuse(self, code: str, text: str, client_id: str | None) -> None:
        retry = 2.0 if code == "unavailable" else None
        await self._connection.send(
            p.ErrorOut.model_validate(
                {"code": code, "message": text, "client_id": client_id, "retry_after_seconds": retry}
            )
        )

    async def _handle(self, message: d.FromDesk) -> None:  # noqa: C901 - one case a message: the table of what a desk can do
        centre, me = self._centre, self._person
        match message:
            case d.DeskHello():
                raise NotAllowed("You have said hello already.")
            case d.SetPresence():
                await presence.set_presence(centre, me, Presence(message.presence))
            case d.Accept():
                await offer.accept(centre, me, message.conversation_id, message.offer_id, greet=message.greet)
            case d.Decline():
                await offer.decline(centre, me, message.conversation_id, message.offer_id)
            case d.Pick():
                await offer.pick(centre, me, message.conversation_id)
            case d.Open():
                await self._open(message)
            case d.Shut():
                self._shut(message.conversation_id)
            case d.DeskSay():
                seq = await operate.send_operator_message(
                    centre, me, message.conversation_id, message.text, message.client_id
                )
                await self._connection.send(p.Ack(client_id=message.client_id, seq=seq))
            case d.Note():
                await self._may_see(message.conversation_id)
                seq = await operate.note(centre, me, message.conversation_id, message.text, message.client_id)
                await self._connection.send(p.Ack(client_id=message.client_id, seq=seq))
            case d.DeskTyping():
                if (await centre.store.load(message.conversation_id)).owner.operator_id == me.id:
                    typing = TypingChanged(message.conversation_id, "operator", message.is_typing, me.id, me.name)
                    centre.signal(typing)
            case d.DeskRead():
                if (await centre.store.load(message.conversation_id)).owner.operator_id == me.id:
                    centre.signal(SeenUpTo(message.conversation_id, "operator", message.seq))
            case d.HandBack():
                await operate.hand_back(centre, me, message.conversation_id, message.note)
            case d.Transfer():
                await operate.transfer(centre, me, message.conversation_id, message.queue, message.note)
            case d.Release():
                await operate.release(centre, me, message.conversation_id)
            case d.DeskEnd():
                await operate.end(centre, me, message.conversation_id)
            case d.WrapUp():
                await operate.wrap_up(centre, me, message.conversation_id, message.disposition, message.summary)
            case d.Hold():
                await consult.hold(centre, me, message.conversation_id, is_on=message.is_on)
            case d.Record():
                await consult.record(centre, me, message.conversation_id, is_on=message.is_on)
            case d.TransferTo():
                await consult.transfer_to(centre, me, message.conversation_id, message.operator_id, message.note)
            case d.ConsultAsk():
                await consult.ask(centre, me, message.conversation_id, message.operator_id, message.note)
            case d.ConsultAnswer():
                await consult.answer_consult(centre, me, message.conversation_id, is_taken=message.takes)
            case d.ConsultMerge():
                await consult.merge(centre, me, message.conversation_id)
            case d.ConsultEnd():
                await consult.finish(centre, me, message.conversation_id)
            case d.ConsultComplete():
                await consult.complete(centre, me, message.conversation_id)
            case d.TakeCallback():
                await operate.update_callback(centre, me, message.callback_id, message.status, message.outcome)
            case _:
                assert_never(message)

    async def _may_see(self, conversation_id: str) -> State:
        state = await self._centre.store.reload(conversation_id)
        if not await may_open(self._centre, self._person, state):
            raise NotAllowed("This conversation is not open to you.")
        return state

    async def _open(self, message: d.Open) -> None:
        state = await self._may_see(message.conversation_id)
        if message.conversation_id not in self._followed:
            if len(self._followed) >= MOST_FOLLOWED:
                self._shut(next(iter(self._followed)))
            self._centre.feed.attach(message.conversation_id, self._subscription)
            self._desks.view(message.conversation_id, self._person, opens=True)
        self._followed[message.conversation_id] = message.last_seq
        events = await self._centre.store.read(message.conversation_id, after=message.last_seq)
        if events:
            self._followed[message.conversation_id] = events[-1].seq
        await self._connection.send(
            d.ConversationOut(
                item=work_item(self._centre, state),
                card=state.owner.handover,
                record=await record_of(self._crm, state),
                suggestions=[state.owner.handover.suggested_reply] if state.owner.handover else [],
                viewers=self._desks.others(message.conversation_id, self._person),
                events=[event_out(one) for one in events],
            )
        )
        if events and events[-1].seq < state.seq:  # a long one: the rest follows as it would have come
            await self._send_events_of(message.conversation_id)

    def _shut(self, conversation_id: str) -> None:
        if self._followed.pop(conversation_id, None) is not None:
            self._centre.feed.detach(conversation_id, self._subscription)
            self._desks.view(conversation_id, self._person, opens=False)


def _why_gone(state: State, person: Person) -> Literal["accepted", "expired", "withdrawn"]:
    if state.owner.operator_id == person.id:
        return "accepted"
    has_refused = any(one.operator_id == person.id for one in state.owner.refusals)
    return "expired" if state.is_waiting and has_refused else "withdrawn"
