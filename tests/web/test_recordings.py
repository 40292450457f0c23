"""Hearing a recorded call: who may, what a player gets, and what is refused."""

import io
import wave
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from storage.conversation import HEADER_BYTES, Recordings
from telephony.media.recording import Recorder
from tests.support.live import Live, sign_in

STARTED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SOUND = b"\xe8\x03" * 16_000
"""one second"""


@pytest.fixture
async def supervisor(live: Live) -> AsyncIterator[httpx2.AsyncClient]:
    async with live.browser() as browser:
        await sign_in(browser, "leila@harbour.example")
        yield browser


@pytest.fixture
def recordings(live: Live) -> Recordings:
    """Where the server keeps them."""
    return live.server.recordings


async def _recorded(live: Live, recordings: Recordings) -> str:
    """A chat with a recorded call of a second; its conversation id."""
    async with live.desk() as maya, live.chat(name="Priya") as customer:
        recorder = Recorder(recordings.folder(customer.conversation_id), "call-1", STARTED_AT)
        recorder.keep("customer", SOUND, 0.0)
        recorder.keep(str(maya.board["me"]["operator_id"]), SOUND, 1.0)
        recorder.pause(2.0)
        await recorder.close()
        return customer.conversation_id


async def test_the_calls_of_a_conversation_are_listed_with_their_legs(
    live: Live, recordings: Recordings, supervisor: httpx2.AsyncClient
) -> None:
    conversation_id = await _recorded(live, recordings)

    (call,) = (await supervisor.get(f"/api/conversations/{conversation_id}/calls")).json()["calls"]
    assert (call["call_id"], call["started_at"], call["seconds"]) == ("call-1", "2026-11-22T09:30:00Z", 2.0)
    assert call["pauses"] == [{"start_ms": 2_000, "end_ms": None}]
    assert [(leg["name"], leg["seconds"]) for leg in call["legs"]] == [("Priya", 1.0), ("Maya Okafor", 2.0)]

    whole = await supervisor.get(call["legs"][0]["url"])
    assert whole.headers["content-type"] == "audio/wav"
    assert whole.headers["cache-control"] == "private, no-store"
    with wave.open(io.BytesIO(whole.content)) as file:
        assert file.readframes(16_000) == SOUND


async def test_a_player_gets_the_range_it_asks_for(
    live: Live, recordings: Recordings, supervisor: httpx2.AsyncClient
) -> None:
    conversation_id = await _recorded(live, recordings)
    url = f"/api/conversations/{conversation_id}/calls/call-1/customer.wav"

    part = await supervisor.get(url, headers={"Range": "bytes=44-47"})
    assert (part.status_code, part.content) == (206, b"\xe8\x03\xe8\x03")
    assert part.headers["content-range"] == f"bytes 44-47/{HEADER_BYTES + len(SOUND)}"
    assert (await supervisor.get(url, headers={"Range": "bytes=999999-"})).status_code == 416


async def test_a_call_going_on_is_not_listed_and_not_played(
    live: Live, recordings: Recordings, supervisor: httpx2.AsyncClient
) -> None:
    conversation_id = await _recorded(live, recordings)
    recorder = Recorder(recordings.folder(conversation_id), "call-2", STARTED_AT, write_seconds=0.01)
    recorder.keep("customer", SOUND, 0.0)
    url = f"/api/conversations/{conversation_id}/calls"
    try:
        while (playing := await supervisor.get(f"{url}/call-2/customer.wav")).status_code == 404:
            pass
        listed = (await supervisor.get(url)).json()["calls"]
    finally:
        await recorder.close()

    assert playing.status_code == 409
    assert [call["call_id"] for call in listed] == ["call-1"]
    assert len((await supervisor.get(url)).json()["calls"]) == 2


async def test_only_who_may_see_a_conversation_may_hear_it(live: Live, recordings: Recordings) -> None:
    conversation_id = await _recorded(live, recordings)
    url = f"/api/conversations/{conversation_id}/calls"
    async with live.browser() as stranger, live.browser() as operator:
        await sign_in(operator, "maya@harbour.example")
        for door in (url, f"{url}/call-1/customer.wav"):
            assert (await stranger.get(door)).status_code == 401
            assert (await operator.get(door)).status_code == 403


async def test_what_is_not_there_is_404(
    live: Live, recordings: Recordings, supervisor: httpx2.AsyncClient, tmp_path: Path
) -> None:
    conversation_id = await _recorded(live, recordings)
    base = f"/api/conversations/{conversation_id}/calls"
    for door in (
        "/api/conversations/c-none/calls",
        f"{base}/call-9/customer.wav",
        f"{base}/call-1/agent.wav",
        f"{base}/..%2Fcall-1/customer.wav",
        f"{base}/call-1/..%2F..%2Fswitchboard.wav",
        f"{base}/call-1/.customer.wav",
    ):
        assert (await supervisor.get(door)).status_code == 404, door
