"""A recorded call over real sockets: announced, on disk leg by leg, heard over HTTP, and stopped by who objects."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import numpy as np
import pytest
from scipy.io import wavfile

from agent import wording
from speech.audio import Samples, from_pcm16
from tests.conftest import Start
from tests.support.calls import SCRIPTED, Phone, hear_tones, loudest_pitch, phone, softphone
from tests.support.live import Live, sign_in

MAYA, SAM = "maya@harbour.example", "sam@harbour.example"
LOW, HIGH, OTHER = 2_000, 2_600, 3_200


@pytest.fixture
async def recorded(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """A centre that records its calls."""
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, SWITCHBOARD_RECORDING=True) as server:
        server.centre.timing = replace(server.centre.timing, call_review=timedelta(0))
        yield server


async def calls_of(browser: httpx2.AsyncClient, conversation_id: str) -> list[dict[str, Any]]:
    response = await browser.get(f"/api/conversations/{conversation_id}/calls")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["calls"]
    return found


async def sound_of(browser: httpx2.AsyncClient, call: dict[str, Any], leg: str) -> Samples:
    url = next(one["url"] for one in call["legs"] if one["leg"] == leg)
    response = await browser.get(url)
    assert response.headers["content-type"] == "audio/wav"
    rate, samples = wavfile.read(io.BytesIO(response.content))
    assert rate == 16_000
    return from_pcm16(np.asarray(samples, "<i2").tobytes())


def pitches(samples: Samples) -> set[int]:
    """Tones of the leg, by blocks of 100 ms."""
    blocks = [loudest_pitch(samples[at : at + 1_600]) for at in range(0, len(samples) - 1_600, 1_600)]
    return {pitch for pitch, share in blocks if share > 0.5}


@asynccontextmanager
async def signed_in(live: Live, email: str) -> AsyncIterator[httpx2.AsyncClient]:
    async with live.browser() as browser:
        await sign_in(browser, email)
        yield browser


async def announced(caller: Phone) -> None:
    assert caller.started["is_recorded"]
    await caller.expect("caption", lambda m: m["text"] == wording.RECORDED)


async def test_a_recorded_call_is_announced_and_can_be_heard_leg_by_leg(recorded: Live) -> None:
    async with phone(recorded, captions=True) as caller:
        await announced(caller)
        caller.talk(LOW, 0.6, then_quiet=0.7)
        caller.speak("where is my claim CL52318?")
        await caller.expect("caption", lambda m: m["speaker"] == "customer")
        await caller.hang_up()
        await caller.closed()
    async with signed_in(recorded, SAM) as sam:
        (call,) = await calls_of(sam, caller.conversation_id)
        assert call["call_id"] == caller.call_id
        assert {one["leg"] for one in call["legs"]} == {"customer", "agent"}
        assert LOW in pitches(await sound_of(sam, call, "customer"))
        agents = pitches(await sound_of(sam, call, "agent"))
        assert LOW not in agents
        assert 220 in agents


async def test_do_not_record_stops_the_recording(recorded: Live) -> None:
    async with phone(recorded, captions=True) as caller:
        await announced(caller)
        await caller.say("please don't record this")
        assert not (await caller.expect("recording"))["is_on"]
        await caller.expect("caption", lambda m: m["text"] == wording.NOT_RECORDED)
        caller.talk(HIGH, 0.6, then_quiet=0.7)
        caller.speak("where is my claim CL52318?")
        await caller.expect("caption", lambda m: m["speaker"] == "customer" and "claim" in m["text"])
        await caller.hang_up()
        await caller.closed()
    async with signed_in(recorded, SAM) as sam:
        (call,) = await calls_of(sam, caller.conversation_id)
        assert call["pauses"][0]["end_ms"] is None
        assert HIGH not in pitches(await sound_of(sam, call, "customer"))


async def test_an_operator_pauses_the_recording_and_goes_on(recorded: Live) -> None:
    async with recorded.desk(MAYA) as maya, phone(recorded, captions=True) as caller:
        await caller.say("an operator, please")
        await maya.accept(caller.conversation_id)
        async with softphone(recorded, MAYA, caller.conversation_id) as line:
            assert line.started["is_recorded"]
            await caller.line("bridged")
            line.talk(LOW, 0.6)
            await caller.hears(LOW)
            await maya.send("record", conversation_id=caller.conversation_id, is_on=False)
            assert not (await caller.expect("recording"))["is_on"]
            line.talk(HIGH, 0.6)
            await caller.hears(HIGH)
            await line.finished()
            await maya.send("record", conversation_id=caller.conversation_id, is_on=True)
            assert (await caller.expect("recording", lambda m: m["is_on"]))["is_on"]
            line.talk(OTHER, 1.5)
            await caller.hears(OTHER)
            await maya.send("end", conversation_id=caller.conversation_id)
            await caller.expect("ended")
            await caller.closed()
        async with signed_in(recorded, MAYA) as browser:
            (call,) = await calls_of(browser, caller.conversation_id)
            operator = next(one["leg"] for one in call["legs"] if one["name"] == "Maya Okafor")
            heard = pitches(await sound_of(browser, call, operator))
    assert {LOW, OTHER} <= heard
    assert HIGH not in heard


async def test_nobody_hears_a_recording_uninvited(recorded: Live) -> None:
    async with phone(recorded, captions=True) as caller:
        await announced(caller)
        await caller.hang_up()
        await caller.closed()
    url = f"/api/conversations/{caller.conversation_id}/calls"
    async with recorded.browser() as stranger:
        assert (await stranger.get(url)).status_code == 401
        assert (await stranger.get(f"{url}/{caller.call_id}/customer.wav")).status_code == 401
    async with signed_in(recorded, MAYA) as maya:
        assert (await maya.get(url)).status_code == 403
