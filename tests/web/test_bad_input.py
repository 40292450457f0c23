"""What comes from outside may be anything: each gets a clear error or a wait, and nothing is lost."""

import asyncio
import socket

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from conversation.events import Notice
from tests.conftest import Start
from tests.support.live import ChatClient, Live, sign_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{not json", "bad_json"),
        ("[]", "unknown_message"),
        ('{"type": "fly"}', "unknown_message"),
        ('{"type": "say", "client_id": "a"}', "unknown_message"),
        ('{"type": "say", "client_id": "a b", "text": "x"}', "unknown_message"),
        ('{"type": "say", "client_id": "a", "text": "x", "extra": 1}', "unknown_message"),
        ('{"type": "say", "client_id": "a", "text": "   "}', "unknown_message"),
        ('{"type": "hello", "v": 1}', "not_welcome"),
        ("[" * 30_000, "bad_json"),
    ],
)
async def test_malformed_messages_are_answered_and_the_chat_goes_on(live: Live, text: str, code: str) -> None:
    async with live.chat() as customer:
        await customer.send_text(text)
        assert (await customer.error())["code"] == code
        assert await customer.say("still here") > 0


async def test_binary_frames_are_refused_and_the_chat_goes_on(live: Live) -> None:
    async with live.chat() as customer:
        await customer.wire.send(b"\x00\x01\x02")
        assert (await customer.error())["code"] == "bad_json"
        assert await customer.say("still here") > 0


async def test_a_twenty_thousand_character_message_is_named_too_long(live: Live) -> None:
    async with live.chat() as customer:
        await customer.send("say", client_id="long", text="x" * 20_000)
        refused = await customer.error()
        assert refused["code"] == "too_long"
        assert refused["client_id"] == "long"
        assert "4,000" in refused["message"]


async def test_an_oversize_frame_is_refused(live: Live) -> None:
    async with live.chat() as customer:
        await customer.send("say", client_id="huge", text="x" * 100_000)
        assert (await customer.error())["code"] == "too_large"


async def test_too_fast_gets_a_wait_and_nothing_acknowledged_is_lost(live: Live) -> None:
    async with live.chat() as customer:
        for number in range(60):
            await customer.send("say", client_id=f"f{number}", text=f"message {number}")
        refused = await customer.error()
        assert refused["code"] == "too_fast"
        assert refused["retry_after_seconds"] > 0
        for number in range(60):
            one = f"f{number}"
            if not any(m.get("client_id") == one for m in customer.received):
                await customer.answered(one)
        acked = [m["client_id"] for m in customer.received if m["type"] == "ack"]
        events = await live.centre.store.read(customer.conversation_id)
        said = [one.event.client_id for one in events if one.event.kind == "customer_said"]
        assert sorted(said) == sorted(acked)


async def test_a_flood_is_hung_up_on(live: Live) -> None:
    async with live.chat() as customer:
        for number in range(400):
            await customer.send("say", client_id=f"f{number}", text="spam")
        code, _ = await customer.closed()
        assert code == 1008


async def test_html_and_scripts_stay_text(live: Live) -> None:
    async with live.chat() as customer:
        text = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        await customer.say(text)
        assert (await customer.event("customer_said"))["text"] == text


@pytest.mark.parametrize(
    "text", ["😀👍🏽 où est mon dossier", "أين مطالبتي رقم CL52318؟", "a\u202eb\u0000c"[:3], "𝕳𝖊𝖑𝖑𝖔"]
)
async def test_emoji_and_right_to_left_text_arrive_as_written(live: Live, text: str) -> None:
    async with live.chat() as customer:
        await customer.say(text)
        assert (await customer.event("customer_said"))["text"] == text
        assert (await customer.event("agent_said"))["text"]


async def test_control_characters_are_left_out_and_a_name_keeps_its_place(live: Live) -> None:
    async with live.chat(name=" Pri\u0000ya\u202e \n Raman ") as customer:
        await customer.say("hel\u0000lo\tthere")
        assert (await customer.event("customer_said"))["text"] == "hello\tthere"
        state = await live.centre.store.reload(customer.conversation_id)
        assert [fact.value for fact in state.talk.pre_chat] == ["Priya Raman"]
        await customer.send("say", client_id="none", text="\u0000")
        assert (await customer.error())["code"] == "unknown_message"


async def test_the_same_message_twice_is_recorded_once(live: Live) -> None:
    async with live.chat() as customer:
        first = await customer.say("hello", client_id="same")
        assert first > 0
        await customer.send("say", client_id="same", text="hello")
        await customer.expect("ack", lambda m: m["client_id"] == "same")
        events = await live.centre.store.read(customer.conversation_id)
        assert sum(one.event.kind == "customer_said" for one in events) == 1


async def test_a_second_tab_sees_everything_and_either_may_write(live: Live) -> None:
    async with live.chat() as first:
        await first.ask("hello")
        async with live.chat(conversation_id=first.conversation_id, token=first.token) as second:
            texts = [one["data"].get("text") for one in second.welcome["events"]]
            assert "hello" in texts
            await second.say("from the second tab")
            assert await first.event("customer_said", lambda data: data["text"] == "from the second tab")


async def test_reconnecting_gets_exactly_what_was_missed(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("hello")
        seen = max(m["seq"] for m in customer.received if m["type"] == "event")
        async with live.chat(conversation_id=customer.conversation_id, token=customer.token) as other:
            await other.ask("what does my excess mean?")
        async with live.chat(conversation_id=customer.conversation_id, token=customer.token, last_seq=seen) as back:
            kinds = [one["data"]["kind"] for one in back.welcome["events"]]
            assert (kinds[0], set(kinds[1:])) == ("customer_said", {"agent_said"})
            assert all(one["seq"] > seen for one in back.welcome["events"])


@pytest.mark.parametrize("token", ["", "wrong", None])
async def test_another_browser_cannot_open_the_conversation(live: Live, token: str | None) -> None:
    async with live.chat() as customer, live.wire("/ws/chat") as thief:
        await thief.send("hello", v=1, conversation_id=customer.conversation_id, token=token)
        assert (await thief.error())["code"] == "not_yours"
        assert (await thief.closed())[0] == 1008


async def test_a_page_that_knows_more_than_the_store_is_shown_what_there_is(live: Live) -> None:
    async with (
        live.chat() as customer,
        live.chat(conversation_id=customer.conversation_id, token=customer.token, last_seq=10_000) as confused,
    ):
        assert confused.welcome["events"] == customer.welcome["events"]
        assert await customer.say("hello") > 0


async def test_silence_instead_of_hello_is_hung_up_on(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.kit.connection.HELLO_SECONDS", 0.1)
    async with live.wire("/ws/chat") as mute:
        assert (await mute.closed())[0] == 1008


async def test_a_desk_needs_a_good_ticket_once(live: Live) -> None:
    async with live.browser() as browser:
        ticket = await sign_in(browser, "maya@harbour.example")
    for given, is_good in ((ticket, True), (ticket, False), ("made-up", False)):
        async with live.wire("/ws/desk") as wire:
            await wire.send("hello", v=1, ticket=given)
            if is_good:
                await wire.expect("desk")
            else:
                assert (await wire.error())["code"] == "not_welcome"
                assert (await wire.closed())[0] == 4401


async def test_a_desk_opens_from_its_own_site_only(live: Live) -> None:
    with pytest.raises(InvalidStatus):
        async with live.wire("/ws/desk", Origin="https://evil.example"):
            pass


async def test_the_chat_can_be_kept_to_named_sites(start: Start) -> None:
    async with start(allowed_origins=["https://www.harbour.example"]) as live:
        async with live.wire("/ws/chat", Origin="https://evil.example") as wire:
            assert "ALLOWED_ORIGINS" in (await wire.error())["message"]
            assert (await wire.closed())[0] == 1008
        async with live.wire("/ws/chat", Origin="https://www.harbour.example") as wire:
            await wire.send("hello", v=1)
            await wire.expect("welcome")


async def test_a_client_that_never_reads_is_cut_off_and_holds_nobody_up(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.kit.connection.SEND_SECONDS", 0.3)
    async with live.chat() as customer:
        url = f"ws://127.0.0.1:{live.port}/ws/chat"
        narrow = socket.create_connection(("127.0.0.1", live.port))
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        async with connect(url, max_queue=1, sock=narrow) as lazy:
            mute = ChatClient(lazy)
            await mute.hello(conversation_id=customer.conversation_id, token=customer.token)
            lazy.transport.pause_reading()
            state = await live.centre.store.load(customer.conversation_id)
            for _ in range(30):
                state = (await live.centre.append(state, [Notice("test", "x" * 200_000)])).state
            assert await customer.say("am I still served?") > 0
            async with asyncio.timeout(20):
                while live.centre.attendance.counts()[customer.conversation_id] > 1:  # noqa: ASYNC110 - nothing announces it
                    await asyncio.sleep(0.05)
