"""What an independent review broke, kept mended."""

import asyncio
import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from config import Settings
from conversation import MAX_HANDOVER_BYTES
from server import Server
from tests.conftest import Start
from tests.support.live import Live

ESSAY = "😀" * 3_900


async def test_long_emoji_messages_keep_no_customer_from_a_person_and_no_desk_from_work(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        for _ in range(3):
            await customer.ask(ESSAY)
        if (await live.centre.store.load(customer.conversation_id)).owner.stage == "agent":
            await customer.say("an operator, please")
        await customer.stage("queued")
        for _ in range(3):
            await customer.ask(ESSAY)
        await customer.send("confirm_handover")
        opened = await maya.accept(customer.conversation_id)
        assert len(json.dumps(opened["card"], ensure_ascii=False).encode()) < MAX_HANDOVER_BYTES


async def test_guesses_side_by_side_do_not_slip_past_the_lock(live: Live) -> None:
    async def guess(day: str) -> str:
        async with live.chat() as customer:
            await customer.ask("where is my claim CL52318?")
            said = await customer.ask(day)
            return str(said["text"])

    days = [f"{day} March 1980" for day in range(1, 11)]
    await asyncio.gather(*(guess(day) for day in days))
    assert "don't match" in await guess("14 September 1987")


async def test_three_failed_checks_end_the_guessing_in_one_conversation(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("my claim CL52318 please")
        for day in ("1 January 1980", "2 February 1981", "3 March 1982"):
            await customer.ask(day)
        await customer.stage("queued")
        await customer.ask("never mind")
        await customer.stage("agent")
        said = await customer.ask("where is my claim CL51702?")
        assert "couldn't confirm" in said["text"]
        await customer.stage("queued")


async def test_only_what_was_checked_is_called_verified_and_nothing_is_changed_on_anothers_policy(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("what does my policy 4410273 cover?")
        await customer.ask("14 September 1987")
        await customer.ask("I'd like to change my address")
        await customer.ask("4410221")
        for text in ("12 Quay Street, Harbourton", "HB1 2AB", "next Friday"):
            await customer.ask(text)
        refused = await customer.ask("yes")
        assert "4410221" not in refused["text"]
        record = await live.server.crm.find_record("HM10007")
        assert record is not None
        assert not any(case.number.startswith("80") for case in record.cases)
        said = await customer.say("an operator, please")
        await customer.event_after("agent_said", said)
        state = await live.centre.store.load(customer.conversation_id)
        assert state.owner.handover is not None
        verified = {one.name: one.is_verified for one in state.owner.handover.attributes}
        assert verified["date_of_birth"]
        assert not verified.get("policy_number", False)


@pytest.mark.parametrize(
    "text", ["ok, don’t do it", "right, I don't want that", "sure... no wait", "fine, but not yet"]
)
async def test_an_unclear_yes_changes_nothing(live: Live, text: str) -> None:
    async with live.chat() as customer:
        for words in ("call me back tomorrow at ten", "07700 900123"):
            await customer.ask(words)
        await customer.ask(text)
        assert (await live.centre.store.load(customer.conversation_id)).record.callbacks == ()


async def test_saying_more_after_no_does_not_end_the_chat(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("what does my excess mean?")
        await customer.ask("no wait, it's about policy 4410281")
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "agent"


async def test_saying_what_one_wants_keeps_the_place_in_the_queue(live: Live) -> None:
    async with live.chat() as customer:
        await customer.say("an operator, please")
        await customer.stage("queued")
        await customer.ask("I want to cancel this policy please")
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "queued"


async def test_an_operator_of_other_queues_neither_sees_nor_takes_it(live: Live) -> None:
    async with live.desk("callum@harbour.example") as callum, live.chat() as customer:
        await customer.ask("Where is my claim CL52318?")
        await customer.say("an operator, please")
        await customer.stage("queued")
        for verb in ("open", "pick"):
            await callum.send(verb, conversation_id=customer.conversation_id)
            assert (await callum.error())["code"] == "not_allowed"


async def test_a_sequence_number_from_beyond_is_a_clear_error(live: Live) -> None:
    async with live.chat() as customer, live.wire("/ws/chat") as wire:
        await wire.send("hello", v=1, conversation_id=customer.conversation_id, token=customer.token, last_seq=10**30)
        assert (await wire.error())["code"] == "unknown_message"


async def test_one_text_the_models_choke_on_silences_nobody_else(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    understander = live.centre.agent_slot.runtime.understanding.understander
    understand_many = understander.understand_many

    def choke(turns):  # type: ignore[no-untyped-def]
        if any("poison" in text for text, _ in turns):
            raise KeyError("model")
        return understand_many(turns)

    monkeypatch.setattr(understander, "understand_many", choke)
    async with live.chat() as unlucky, live.chat() as other:
        await unlucky.say("poison")
        await unlucky.stage("queued")
        assert (await other.ask("what does my excess mean?"))["sources"]


async def test_the_demonstrations_logins_never_go_into_production(start: Start, tmp_path: Path) -> None:
    async with start():
        pass
    secret = SecretStr("a secret of 40 letters for the tests only")
    settings = Settings(data=tmp_path, SWITCHBOARD_DEMO=False, secret=secret, _env_file=None)  # type: ignore[call-arg]
    server = Server(settings)
    with pytest.raises(RuntimeError, match="demonstration logins"):
        await server.prepare()
    await server.database.close()
