"""From the agent to a person and back: nothing asked twice, nobody stranded, one voice at a time."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from conversation.events import Notice
from crm_adapter.tables import notes
from tests.conftest import Start
from tests.support.live import DeskClient, Live


async def test_the_whole_way_from_hello_to_wrap_up(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask("Where is my claim CL51655?")
        await customer.ask("17 March 1984")
        shown = await customer.ask_for_person()
        assert {"label": "claim number", "name": "claim_number", "value": "CL51655"} in shown["attributes"]
        opened = await maya.accept(customer.conversation_id, greet=True)

        card = opened["card"]
        assert card["reason"] == "customer_request"
        assert card["identity"]["name"] == "Oliver Bennett"
        assert card["identity"]["assurance"] == 2
        assert {one["name"]: one["value"] for one in card["attributes"]}["claim_number"] == "CL51655"
        assert any("£1,120" in fact["text"] for fact in card["facts"])
        assert card["intent"]["intent"] == "claim_status"
        assert opened["record"]["customer"]["id"] == "HM10001"
        assert any(event["data"]["kind"] == "agent_said" for event in opened["events"])

        assert (await customer.event("notice"))["code"] == "operator_joined"
        assert "no need to repeat" in (await customer.event("operator_said"))["text"]
        await maya.say(customer.conversation_id, "The bicycle was in it too.")
        assert (await customer.event("operator_said"))["text"] == "The bicycle was in it too."
        await customer.say("Great, thank you!")
        await maya.event("customer_said", lambda data: data["text"] == "Great, thank you!")

        await maya.send("end", conversation_id=customer.conversation_id)
        await customer.stage("wrap_up")
        await maya.item(customer.conversation_id, "wrap_up")
        await maya.send(
            "wrap_up", conversation_id=customer.conversation_id, disposition="status_given", summary="Told the date."
        )
        await maya.item(customer.conversation_id, "closed")
    assert await _delivered(live, "HM10001", "Told the date.")


async def _delivered(live: Live, customer_id: str, text: str) -> bool:
    """The closing note reaches the customer's CRM record through the outbox."""
    for _ in range(200):
        async with live.server.database.reading() as connection:
            found = (await connection.execute(select(notes.c.text).where(notes.c.customer == customer_id))).scalars()
            if any(text in one for one in found):
                return True
        await asyncio.sleep(0.05)
    return False


async def test_the_customer_corrects_the_summary_before_it_goes(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask("what's the state of case 4417?")
        said = await customer.say("an operator, please")
        await customer.event_after("agent_said", said)
        said = await customer.say("no, it's 4471")
        corrected = await customer.event_after("agent_said", said)
        values = {one["name"]: one["value"] for one in corrected["card"]["attributes"]}
        assert values["case_number"] == "4471"
        await customer.send("confirm_handover")
        opened = await maya.accept(customer.conversation_id)
        assert {one["name"]: one["value"] for one in opened["card"]["attributes"]}["case_number"] == "4471"


async def test_the_summary_goes_by_itself_when_the_customer_says_nothing(start: Start) -> None:
    async with start(review_seconds=0.2) as live, live.desk() as maya, live.chat() as customer:
        await customer.say("can I speak to a human")
        offered = await maya.offer(customer.conversation_id)
        assert offered["card"]["is_requested_by_customer"]


async def test_the_agent_is_silent_once_a_person_holds_the_conversation(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await customer.say("what does my excess mean?")
        await maya.event("customer_said", lambda data: "excess" in data["text"])
        await maya.say(customer.conversation_id, "I'll explain.")
        await customer.event("operator_said")
        events = await live.centre.store.read(customer.conversation_id)
        joined = next(one.seq for one in events if one.event.kind == "offer_accepted")
        assert [one.seq for one in events if one.event.kind == "agent_said" and one.seq > joined] == []


async def test_a_desk_that_is_loaded_anew_is_no_loss(start: Start) -> None:
    async with start(reload_seconds=30) as live, live.chat() as customer:
        async with live.desk() as maya:
            await customer.ask_for_person()
            await maya.accept(customer.conversation_id)
        async with live.desk() as again:
            await again.say(customer.conversation_id, "I'm still with you.")
            await customer.event("operator_said")
        events = await live.centre.store.read(customer.conversation_id)
        assert not [one for one in events if one.event.kind in ("operator_lost", "operator_restored")]


async def test_declined_goes_to_the_next_operator_at_the_old_place(live: Live) -> None:
    async with live.desk() as maya, live.desk("tom@harbour.example") as tom, live.chat() as customer:
        await customer.ask_for_person()
        first = await _whoever_is_offered(maya, tom, customer.conversation_id)
        before = (await live.centre.store.load(customer.conversation_id)).owner.queued_at
        decliner, other = (maya, tom) if first is maya else (tom, maya)
        state = await live.centre.store.load(customer.conversation_id)
        assert state.owner.offer is not None
        await decliner.send("decline", conversation_id=customer.conversation_id, offer_id=state.owner.offer.offer_id)
        await other.accept(customer.conversation_id)
        assert (await live.centre.store.load(customer.conversation_id)).owner.queued_at == before


async def _whoever_is_offered(maya: DeskClient, tom: DeskClient, conversation_id: str) -> DeskClient:
    waits = {asyncio.create_task(one.offer(conversation_id)): one for one in (maya, tom)}
    done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return waits[done.pop()]


async def test_a_missed_offer_goes_on_and_the_operator_becomes_inactive(start: Start) -> None:
    async with start(offer_seconds=0.3) as live, live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.offer(customer.conversation_id)
        await maya.expect("offer_gone", lambda m: m["why"] == "expired")
        board = await maya.expect("people", lambda m: _presence(m, "maya_okafor") == "inactive")
        assert board
        state = await live.centre.store.load(customer.conversation_id)
        assert state.owner.stage == "queued"


def _presence(board: dict[str, Any], person: str) -> str:
    return str(next(one["presence"] for one in board["operators"] if one["operator_id"] == person))


async def test_a_lost_operator_is_restored_in_time(live: Live) -> None:
    async with live.chat() as customer:
        async with live.desk() as maya:
            await customer.ask_for_person()
            await maya.accept(customer.conversation_id)
        await customer.stage("operator_lost")
        async with live.desk() as maya:
            await customer.stage("operator")
            assert [one["conversation_id"] for one in maya.board["work"]] == [customer.conversation_id]
            await maya.say(customer.conversation_id, "I'm back.")
            assert (await customer.event("operator_said"))["text"] == "I'm back."


async def test_an_operator_who_stays_away_loses_it_to_the_next_at_its_old_place(start: Start) -> None:
    async with start(operator_lost_seconds=0.3) as live, live.chat() as customer:
        async with live.desk() as maya:
            await customer.ask_for_person()
            await maya.accept(customer.conversation_id)
            before = (await live.centre.store.load(customer.conversation_id)).owner.queued_at
        await customer.stage("operator_lost")
        await customer.stage("queued")
        assert (await live.centre.store.load(customer.conversation_id)).owner.queued_at == before
        async with live.desk("tom@harbour.example") as tom:
            await tom.accept(customer.conversation_id)


async def test_nobody_on_duty_is_said_and_a_callback_reaches_the_desk(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.ask("I need to talk to someone")
        assert "can't promise" in said["text"]
        await customer.ask("Book a callback")
        await customer.ask("07700 900123")
        await customer.ask("tomorrow at ten")
        done = await customer.ask("yes")
        assert "07700 900" in done["text"]
        await customer.stage("agent")
    async with live.desk("callum@harbour.example") as callum:  # of other queues
        assert callum.board["callbacks"] == []
        await callum.send("open", conversation_id=customer.conversation_id)
        assert (await callum.error())["code"] == "not_allowed"
        [row] = await live.centre.lists.callbacks()
        await callum.send("callback", callback_id=row.callback_id, status="taken")
        assert (await callum.error())["code"] == "not_allowed"
    async with live.desk() as maya:
        [wanted] = maya.board["callbacks"]
        await maya.send("open", conversation_id=customer.conversation_id)
        await maya.expect("conversation")
        assert wanted["phone"] == "+447700900123"
        await maya.send("callback", callback_id=wanted["callback_id"], status="taken")
        await maya.expect("callbacks", lambda m: m["callbacks"][0]["status"] == "taken")
        await maya.send("callback", callback_id=wanted["callback_id"], status="done", outcome="Spoke to them.")
        await maya.expect("callbacks", lambda m: m["callbacks"] == [])


async def test_all_of_a_long_conversation_is_on_the_desk_that_takes_it(live: Live) -> None:
    async with live.chat() as customer, live.desk() as maya:
        long = [Notice("said_before", f"line {number}") for number in range(2_500)]
        await live.centre.change(customer.conversation_id, lambda state: long if state.seq < 100 else [])
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        seq = await customer.say("this is the newest")
        assert (await maya.event("customer_said", lambda one: one["text"] == "this is the newest"))["seq"] == seq
        opened = next(one for one in maya.received if one["type"] == "conversation")
        shown = [one["seq"] for one in [*opened["events"], *(m for m in maya.received if m["type"] == "event")]]
        assert sorted(set(shown)) == list(range(1, seq + 1))


async def test_out_of_hours_is_said_with_the_next_opening(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = live.centre.tenant
    week = (None,) * 7
    closed = tuple(replace(queue, hours=replace(queue.hours, week=week)) for queue in tenant.queues)
    monkeypatch.setattr(live.centre, "tenant", replace(tenant, queues=closed))
    async with live.chat() as customer:
        said = await customer.ask("an operator, please")
        assert "closed now" in said["text"]
        assert "Yes, book a callback" in said["choices"]
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "agent"


async def test_the_operator_hands_back_with_a_note(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        note = "Changed the address."
        await maya.send("hand_back", conversation_id=customer.conversation_id, note=note)
        await customer.stage("agent")
        assert "AI assistant" in (await customer.event("agent_said", lambda d: "back with" in d["text"]))["text"]
        quoted = await customer.ask("what does my excess mean?")
        assert quoted["sources"]
        events = await live.centre.store.read(customer.conversation_id)
        assert [one.event.note for one in events if one.event.kind == "handed_back"] == [note]


async def test_transfer_to_another_queue_reaches_someone_there(live: Live) -> None:
    async with live.desk() as maya, live.desk("ines@harbour.example") as ines, live.chat() as customer:
        await customer.ask("Where is my claim CL52318?")
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await maya.send("transfer", conversation_id=customer.conversation_id, queue="billing", note="Wants a refund.")
        opened = await ines.accept(customer.conversation_id)
        transferred = [one["data"] for one in opened["events"] if one["data"]["kind"] == "requeued"]
        assert transferred[-1]["note"] == "Wants a refund."


async def test_a_closed_queue_takes_no_transfer(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        tenant = live.centre.tenant
        closed = tuple(
            replace(one, hours=replace(one.hours, week=(None,) * 7)) if one.id == "billing" else one
            for one in tenant.queues
        )
        monkeypatch.setattr(live.centre, "tenant", replace(tenant, queues=closed))
        await maya.send("transfer", conversation_id=customer.conversation_id, queue="billing")
        assert "closed now" in (await maya.error())["message"]
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "operator"


async def test_private_notes_never_reach_the_customer(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await maya.send("note", conversation_id=customer.conversation_id, client_id="n1", text="Sounds upset.")
        await maya.expect("ack", lambda m: m["client_id"] == "n1")
        await maya.say(customer.conversation_id, "Hello!")
        await customer.event("operator_said", lambda data: data["text"] == "Hello!")
        assert not any("upset" in str(message) for message in customer.received)


async def test_at_capacity_the_customer_waits_with_a_place_and_is_served_when_one_frees(live: Live) -> None:
    async with live.desk() as maya:
        customers = [live.chat() for _ in range(4)]
        clients = [await one.__aenter__() for one in customers]
        for client in clients[:3]:
            await client.ask_for_person()
            await maya.accept(client.conversation_id)
        said = await clients[3].say("an operator, please")
        told = await clients[3].event_after("agent_said", said)
        assert "busy" in told["text"]
        assert "number 1" in told["text"]
        waiting = await clients[3].expect("waiting")
        assert waiting["position"] == 1
        assert waiting["estimate_seconds"] > 0
        await clients[3].send("confirm_handover")
        await maya.send("end", conversation_id=clients[0].conversation_id)
        await maya.item(clients[0].conversation_id, "wrap_up")
        await maya.send("wrap_up", conversation_id=clients[0].conversation_id, disposition="answered")
        await maya.offer(clients[3].conversation_id)
        for one in customers:
            await one.__aexit__(None, None, None)


async def test_a_supervisor_watches_live_and_cannot_speak(live: Live) -> None:
    async with live.desk("sam@harbour.example") as sam, live.chat() as customer:
        await customer.ask("what does my excess mean?")
        await sam.send("open", conversation_id=customer.conversation_id)
        seen = await sam.expect("conversation")
        assert any(one["data"].get("sources") for one in seen["events"])
        await customer.say("and who are you?")
        await sam.event("customer_said", lambda data: "who are you" in data["text"])
        await sam.send("say", conversation_id=customer.conversation_id, client_id="x", text="hi")
        assert (await sam.error())["code"] == "not_allowed"


async def test_an_operator_sees_only_what_was_handed_over(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask("what does my excess mean?")
        await maya.send("open", conversation_id=customer.conversation_id)
        assert (await maya.error())["code"] == "not_allowed"


async def test_choosing_a_person_up_front(live: Live) -> None:
    async with live.chat(wants_person=True, name="Ada") as customer:
        await customer.stage("queued")
        state = await live.centre.store.load(customer.conversation_id)
        assert state.owner.handover is not None
        assert state.owner.handover.is_requested_by_customer
        assert state.owner.handover.headline.startswith("Ada")


async def test_two_operators_cannot_take_the_same_conversation(live: Live) -> None:
    async with live.desk() as maya, live.desk("tom@harbour.example") as tom, live.chat() as customer:
        await customer.say("an operator, please")
        await customer.stage("queued")
        for one in (maya, tom):
            await one.send("pick", conversation_id=customer.conversation_id)
        await customer.stage("operator")
        refused = asyncio.create_task(maya.error()), asyncio.create_task(tom.error())
        done, pending = await asyncio.wait(refused, return_when=asyncio.FIRST_COMPLETED)
        assert done.pop().result()["code"] == "not_allowed"
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        events = await live.centre.store.read(customer.conversation_id)
        assert sum(one.event.kind == "offer_accepted" for one in events) == 1
