"""What comes down a call's wire may be anything: it gets a clear problem, and nobody else's call is disturbed."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from telephony.wire import Play
from tests.conftest import Start
from tests.support.calls import QUIET, Phone, bare_phone, phone, pitch_of, tone
from tests.support.live import Live

CLAIM = "where is my claim CL52318?"
START = {"type": "start", "v": 1, "rate_hz": 16_000, "frame_ms": 20}


@pytest.fixture
async def caller(lines: Live) -> AsyncIterator[Phone]:
    """A caller who has started, with the microphone still closed."""
    async with bare_phone(lines) as line:
        await line.ring(captions=True)
        await line.expect("started")
        yield line


async def still_answers(line: Phone) -> None:
    """The call goes on as if nothing had been."""
    for frame in (*tone(pitch_of(CLAIM), 0.4), *[QUIET] * 40):
        await line.send_sound(frame)
    await line.expect("caption", lambda m: m["speaker"] == "agent" and "date of birth" in m["text"])


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (START | {"rate_hz": 8_000}, "bad_format"),
        (START | {"frame_ms": 30}, "bad_format"),
        (START | {"v": 2}, "bad_message"),
        ({"type": "dtmf", "key": "1"}, "not_started"),
        ({"type": "hangup"}, "not_started"),
        ("hello", "bad_message"),
        ([], "bad_message"),
    ],
)
async def test_a_call_begins_with_a_good_start_message(lines: Live, first: object, code: str) -> None:
    async with bare_phone(lines) as line:
        await line.send_text(json.dumps(first))
        assert await line.refused() == (code, 1008)


async def test_sound_before_the_start_is_refused(lines: Live) -> None:
    async with bare_phone(lines) as line:
        await line.wire.send(QUIET)
        assert await line.refused() == ("not_started", 1008)


async def test_silence_instead_of_a_start_is_hung_up_on(lines: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.calls.voice_wire.HELLO_SECONDS", 0.1)
    async with bare_phone(lines) as line:
        assert (await line.closed())[0] == 1008


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"", "bad_frame"),
        (b"\x01", "bad_frame"),
        (bytes(639), "bad_frame"),
        (bytes(641), "bad_frame"),
        (bytes(640 * 11), "bad_frame"),
        (bytes(200_000), "bad_frame"),
        ("{not json", "bad_message"),
        ("[" * 30_000, "bad_message"),
        ("\0\ufffd", "bad_message"),
        ('{"type": "fly"}', "bad_message"),
        ('{"type": "dtmf", "key": "1", "extra": 1}', "bad_message"),
        ('{"type": "dtmf", "key": "x"}', "bad_key"),
        ('{"type": "ping", "id": -1}', "bad_message"),
        ('{"type": "played", "mark": "' + "m" * 65 + '"}', "bad_message"),
        (json.dumps(START), "already_started"),
    ],
)
async def test_what_is_no_part_of_a_call_is_named_and_the_call_goes_on(
    caller: Phone, frame: str | bytes, code: str
) -> None:
    await caller.wire.send(frame)
    assert (await caller.expect("problem"))["code"] == code
    await still_answers(caller)


async def test_a_frame_past_the_limit_of_the_wire_closes_it(caller: Phone) -> None:
    await caller.wire.send(bytes(300_000))
    assert (await caller.closed())[0] == 1009


async def test_invented_marks_change_nothing(caller: Phone) -> None:
    for number in range(300):
        await caller.send("played", mark=f"m{number * 7 + 1_000}")
    await caller.send("played", mark="")
    await still_answers(caller)


async def test_a_storm_of_keys_is_bounded_and_closes_the_line(caller: Phone, lines: Live) -> None:
    for _ in range(300):
        await caller.send("dtmf", key="5")
    assert (await caller.expect("problem"))["code"] == "too_many_keys"
    assert (await caller.closed())[0] == 1008


async def test_a_flood_of_sound_is_hung_up_on_and_others_notice_nothing(caller: Phone, lines: Live) -> None:
    async with bare_phone(lines) as flooder:
        await flooder.ring()
        await flooder.expect("started")
        with suppress(ConnectionClosed):
            for _ in range(3_000):
                await flooder.wire.send(bytes(6_400))
        assert await flooder.refused() == ("flood", 1008)
    await still_answers(caller)


async def test_many_refusals_close_the_line_and_the_caller_may_come_back(lines: Live) -> None:
    async with phone(lines) as rude:
        for _ in range(60):
            await rude.send_text("noise")
        assert (await rude.closed())[0] == 1008
    async with phone(lines, conversation_id=rude.conversation_id, token=rude.token) as polite:
        assert polite.conversation_id == rude.conversation_id


async def test_a_foreign_site_may_not_call_where_calls_are_kept_to_named_ones(start: Start) -> None:
    async with start(allowed_origins=["https://www.harbour.example"]) as live:
        async with bare_phone(live, Origin="https://evil.example") as line:
            assert await line.refused() == ("not_welcome", 1008)
        async with bare_phone(live, Origin="https://www.harbour.example") as line:
            await line.send_text("no start")
            assert await line.refused() == ("bad_message", 1008)


async def test_a_device_that_never_reads_is_cut_off_and_holds_nobody_up(
    caller: Phone, lines: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.calls.voice_wire.SEND_SECONDS", 0.3)
    narrow = socket.create_connection(("127.0.0.1", lines.port))
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    async with connect(f"ws://127.0.0.1:{lines.port}/ws/voice", max_queue=1, sock=narrow, close_timeout=0.1) as frozen:
        await frozen.send(json.dumps(START))
        started = json.loads(await frozen.recv())
        while started["type"] != "started":
            started = json.loads(await frozen.recv())
        frozen.transport.pause_reading()
        live_call = lines.server.calls.find(started["conversation_id"])
        assert live_call is not None
        for _ in range(200):  # more than the system's own buffers take
            live_call._legs["customer"].put(Play(bytes(64_000)))
        await still_answers(caller)
        async with asyncio.timeout(20):
            while lines.server.calls.find(started["conversation_id"]) is live_call:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_a_socket_that_stops_answering_pings_is_lost(lines: Live) -> None:
    async with phone(lines) as caller:
        live_call = lines.server.calls.find(caller.conversation_id)
        assert live_call is not None
        await caller.lose()
        async with asyncio.timeout(20):
            while lines.server.calls.find(caller.conversation_id) is live_call:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        state = await lines.centre.store.reload(caller.conversation_id)
        assert state.is_live
