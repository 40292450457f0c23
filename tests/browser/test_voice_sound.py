"""A call's sound in a real browser: the resampler, the jitter buffer and the worklets, measured by their samples."""

import math
from collections.abc import AsyncIterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.support.chromium import CHROMIUM, NO_CHROMIUM, browser, page_of

SCREENS = Path(__file__).resolve().parents[2] / "screens"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
    pytest.mark.asyncio(loop_scope="module"),
]


class Quiet(SimpleHTTPRequestHandler):
    """Our files and nothing else, where the product serves them."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/static"))

    def log_message(self, *_: object) -> None:
        return


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def page() -> AsyncIterator[Page]:
    """An empty page that can import our modules."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SCREENS)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        async with browser() as chromium:
            page = await page_of(chromium)
            await page.goto(f"http://127.0.0.1:{server.server_port}/static/kit/favicon.svg")
            yield page
        server.shutdown()
        thread.join()


RESAMPLED = """async ([from, to, hertz]) => {
  const { Resampler } = await import('/static/voice/resample.js');
  const resampler = new Resampler(from, to);
  const output = new Float32Array(to);
  let made = 0;
  for (let start = 0; start < from; start += 128) {
    const tone = (_, at) => Math.sin((2 * Math.PI * hertz * (start + at)) / from);
    resampler.write(Float32Array.from({ length: Math.min(128, from - start) }, tone));
    made += resampler.read(output.subarray(made));
  }
  const steady = output.subarray(1000, made - 1000);
  return [made, Math.sqrt((2 * steady.reduce((sum, x) => sum + x * x, 0)) / steady.length)];
}"""


@pytest.mark.parametrize(
    ("from_hz", "to_hz"), [(48_000, 16_000), (44_100, 16_000), (96_000, 16_000), (16_000, 48_000), (16_000, 44_100)]
)
async def test_speech_passes_and_what_would_fold_back_does_not(page: Page, from_hz: int, to_hz: int) -> None:
    for hertz in (200, 1_000, 3_400, 7_000):
        made, amplitude = await page.evaluate(RESAMPLED, [from_hz, to_hz, hertz])
        assert abs(made - to_hz) <= to_hz * 0.004
        assert abs(20 * math.log10(amplitude)) < 0.5, f"{hertz} Hz"
    for hertz in (8_600, 11_000, 15_000) if from_hz > to_hz else ():
        _, amplitude = await page.evaluate(RESAMPLED, [from_hz, to_hz, hertz])
        assert 20 * math.log10(amplitude) < -70, f"{hertz} Hz folds back"


BUFFERED = """async (script) => {
  const { JitterBuffer } = await import('/static/voice/jitter-buffer.js');
  const buffer = new JitterBuffer();
  const log = [];
  let now = 0;
  // A step is 10 ms: 160 samples are taken in each.
  const step = (count) => {
    for (let at = 0; at < count; at += 1) {
      const output = new Float32Array(160);
      const reached = buffer.take(output, now);
      log.push({ ms: Math.round(now * 1000), first: output[0], last: output[159], marks: reached });
      now = log.length / 100;
    }
  };
  for (const [verb, value, level] of script) {
    if (verb === 'sound') buffer.add(new Int16Array(16 * value).fill(level ?? 8192), now);
    else if (verb === 'mark') buffer.mark(value);
    else if (verb === 'flush') buffer.flush();
    else step(value);
  }
  return { log, buffered: buffer.bufferedMs, target: buffer.targetMs, underruns: buffer.underruns };
}"""


async def buffered(page: Page, *script: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate(BUFFERED, [list(line) for line in script])
    return found


def marks_at(found: dict[str, Any]) -> dict[str, int]:
    """Each mark and the start of the 10 ms in which it was reached."""
    return {mark: line["ms"] for line in found["log"] for mark in line["marks"]}


async def test_playing_begins_when_enough_is_there_and_marks_come_with_their_sound(page: Page) -> None:
    found = await buffered(
        page, ("sound", 20), ("steps", 1), ("sound", 40), ("mark", "a"), ("sound", 20), ("mark", "b"), ("steps", 9)
    )
    sounding = [line["ms"] for line in found["log"] if line["last"]]
    assert sounding == [10, 20, 30, 40, 50, 60, 70, 80]
    assert marks_at(found) == {"a": 60, "b": 80}


async def test_a_sound_shorter_than_the_buffer_is_played_all_the_same(page: Page) -> None:
    found = await buffered(page, ("sound", 20), ("mark", "yes"), ("steps", 8))
    assert [line["ms"] for line in found["log"] if line["last"]] == [50, 60]
    assert marks_at(found) == {"yes": 60}


async def test_a_flush_fades_within_5_ms_and_says_nothing_of_its_marks(page: Page) -> None:
    found = await buffered(
        page, ("sound", 100), ("mark", "never"), ("steps", 3), ("flush",), ("steps", 4), ("sound", 60), ("steps", 2)
    )
    fading = found["log"][3]
    assert fading["first"] == pytest.approx(0.25)
    assert fading["last"] == 0
    assert all(line["last"] == 0 for line in found["log"][4:7])
    assert found["log"][7]["last"] > 0, "what comes after a flush is played at once"
    assert marks_at(found) == {}
    assert found["underruns"] == 0, "a gap that was asked for is no fault of the network"


async def test_late_sound_makes_the_buffer_longer_by_what_was_missing(page: Page) -> None:
    found = await buffered(page, ("sound", 60), ("steps", 10), ("sound", 60), ("steps", 1))
    assert found["underruns"] == 1
    assert found["target"] == pytest.approx(50 + 50 + 20, abs=12)


async def test_a_pause_between_sentences_is_no_fault(page: Page) -> None:
    found = await buffered(page, ("sound", 60), ("steps", 40), ("sound", 60), ("steps", 1))
    assert found["underruns"] == 0
    assert found["target"] == 50


async def test_after_a_stall_silence_is_skipped_and_words_are_not(page: Page) -> None:
    speech, silence = ("sound", 100), ("sound", 100, 3)
    found = await buffered(page, *[speech] * 6, *[silence] * 10, speech, ("mark", "end"), ("steps", 71))
    assert marks_at(found) == {"end": 690}
    assert all(line["last"] for line in found["log"][:70])


CAPTURED = """async () => {
  const context = new AudioContext();
  await context.audioWorklet.addModule('/static/voice/capture-worklet.js');
  const tone = new OscillatorNode(context, { frequency: 1000 });
  const capture = new AudioWorkletNode(context, 'switchboard-capture', { numberOfOutputs: 0 });
  const frames = [];
  const enough = new Promise((resolve) => {
    capture.port.onmessage = ({ data }) => frames.push(data) === 40 && resolve();
  });
  tone.connect(capture);
  tone.start();
  await enough;
  const seconds = context.currentTime;
  await context.close();
  const sizes = [...new Set(frames.map(({ pcm }) => pcm.byteLength))];
  return { sizes, levels: frames.slice(5).map(({ level }) => level), seconds };
}"""


async def test_the_microphone_comes_as_frames_of_20_ms(page: Page) -> None:
    found = await page.evaluate(CAPTURED)
    assert found["sizes"] == [640]
    assert all(level == pytest.approx(math.sqrt(0.5), abs=0.01) for level in found["levels"])
    assert found["seconds"] >= 40 * 0.02


PLAYED = """async (isFlushed) => {
  const { Sound } = await import('/static/voice/sound.js');
  const sound = new Sound();
  await sound.prepare();
  const played = [];
  sound.addEventListener('played', ({ detail }) => played.push([detail, sound.context.currentTime]));
  const began = sound.context.currentTime;
  const second = () => new Int16Array(16000).fill(3000).buffer;
  sound.play(second());
  sound.mark('first');
  sound.play(second());
  sound.mark('second');
  const told = (mark) => new Promise((resolve) => {
    sound.addEventListener('played', ({ detail }) => detail === mark && resolve());
  });
  const last = told(isFlushed ? 'after' : 'second');
  if (isFlushed) {
    await told('first');
    sound.flush();
    sound.play(new Int16Array(3200).fill(3000).buffer);
    sound.mark('after');
  }
  await last;
  await sound.close();
  return played.map(([mark, at]) => [mark, at - began]);
}"""


async def test_marks_are_told_when_their_sound_has_been_played(page: Page) -> None:
    (first, first_at), (second, second_at) = await page.evaluate(PLAYED, False)
    assert (first, second) == ("first", "second")
    # Never before the sound is over; how much later depends on how busy the page is.
    assert first_at >= 1.0
    assert second_at >= 2.0


async def test_a_flushed_mark_is_never_told(page: Page) -> None:
    played = await page.evaluate(PLAYED, True)
    assert [mark for mark, _ in played] == ["first", "after"]
    assert played[1][1] < 2.2, "the second that was flushed was not played"


async def test_the_line_is_judged_by_what_arrives_at_the_ear(page: Page) -> None:
    words = await page.evaluate(
        """async () => {
          const { Quality } = await import('/static/voice/quality.js');
          const judge = (trip, targetMs, underruns) => {
            const quality = new Quality();
            if (trip) quality.tookTrip(trip);
            quality.played({ underruns, targetMs }, 1);
            return quality.word;
          };
          const lines = [[0, 50, 0], [60, 50, 0], [300, 50, 0], [900, 50, 0], [60, 50, 1], [60, 50, 4]];
          return lines.map((line) => judge(...line));
        }"""
    )
    assert words == ["unknown", "good", "fair", "poor", "fair", "poor"]


async def test_the_waterfall_puts_every_stretch_after_the_one_before(page: Page) -> None:
    stretches, ranks, unheard = await page.evaluate(
        """async () => {
          const { stretchesOf, percentile, answerMs } = await import('/static/kit/waterfall.js');
          const turn = {
            said_seq: 7, speech_end_ms: 5000, decided_ms: 5480, transcript_ms: 5300, decision_ms: 5520,
            first_audio_ms: 5560, played_ms: 5640,
          };
          const lost = { ...turn, played_ms: null };
          const answers = [300, 500, 400, 900];
          return [
            stretchesOf(turn).map(({ id, at, ms }) => [id, at, ms]),
            [percentile(answers, 0.5), percentile(answers, 0.95), answerMs(turn), answerMs(lost)],
            stretchesOf(lost).at(-1).at,
          ];
        }"""
    )
    assert stretches == [
        ["decided", 480, 480],
        ["transcript", 300, 0],
        ["decision", 520, 40],
        ["first_audio", 560, 40],
        ["played", 640, 80],
    ]
    assert ranks == [400, 900, 640, 560]
    assert unheard is None
