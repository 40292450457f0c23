"""A real Chromium with a recording as its microphone, and what its loudspeaker played."""

import base64
import shutil
import wave
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from speech.audio import Samples, from_pcm16, resample, to_pcm16

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NO_CHROMIUM = "NO CHROMIUM: the browser tests can't run; apt-get install chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAKE_DEVICES = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
WAV_HZ = 48_000
HEARD_HZ = 16_000

TAP = """
// Everything on its way to the loudspeaker is also kept here, as 16-bit samples, from the call's context alone.
// A worklet takes it: it misses nothing, however busy the page is.
(() => {
  const module = `registerProcessor('tap-of-the-test', class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.kept = [];
    }
    process([[channel]]) {
      this.kept.push(channel ? Float32Array.from(channel) : new Float32Array(128));
      if (this.kept.length === 32) this.port.postMessage(this.kept.splice(0));
      return true;
    }
  });`;
  // `sounding`: seconds in which something sounded since the test last looked.
  const heard = { chunks: [], rate: 0, sounding: 0 };
  window.heardByTheTest = heard;
  const connect = AudioNode.prototype.connect;
  const listenTo = async (node, context) => {
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));
    const tap = new AudioWorkletNode(context, 'tap-of-the-test', { numberOfOutputs: 0 });
    heard.rate = context.sampleRate;
    tap.port.onmessage = ({ data }) => {
      for (const block of data) {
        if (block.some((x) => Math.abs(x) > 0.02)) heard.sounding += block.length / heard.rate;
        heard.chunks.push(Int16Array.from(block, (x) => 32767 * Math.max(-1, Math.min(1, x))));
      }
    };
    connect.call(node, tap);
  };
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target === this.context.destination && this.context.isOfACall) listenTo(this, this.context);
    return connect.call(this, target, ...rest);
  };
  const Plain = window.AudioContext;
  window.AudioContext = class extends Plain {
    constructor(options) {
      super(options);
      this.isOfACall = options?.latencyHint === 'interactive';
    }
  };
})();
"""
SPEECH = """
// A microphone into which the test plays recordings when it is the moment.
(() => {
  let context;
  let room;
  navigator.mediaDevices.getUserMedia = async () => {
    context ??= new AudioContext({ latencyHint: 'playback' });
    await context.resume();
    room = context.createMediaStreamDestination();
    return room.stream;
  };
  window.sayForTheTest = async (base64, afterSounding, again) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const recording = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes.buffer) });
    recording.loop = again;
    recording.connect(room);
    while (window.heardByTheTest.sounding < afterSounding) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => {
      recording.onended = resolve;
      window.hushForTheTest = () => recording.stop();
      recording.start();
    });
  };
})();
"""
TAKE = """async () => {
  const heard = window.heardByTheTest;
  const sound = new Blob(heard.chunks);
  Object.assign(heard, { chunks: [], sounding: 0 });
  const reader = new FileReader();
  await new Promise((resolve) => {
    reader.onload = resolve;
    reader.readAsDataURL(sound);
  });
  return [reader.result.split(',')[1] ?? '', heard.rate];
}"""


@asynccontextmanager
async def browser(
    *,
    microphone: Path | None = None,
    has_microphone: bool = True,
    allows_microphone: bool = True,
    more: Sequence[str] = (),
) -> AsyncIterator[Browser]:
    """Chromium; `microphone` is a WAV it plays once as its microphone, from the moment that is opened."""
    arguments = [*QUIET, *more]
    if has_microphone:
        arguments += [FAKE_DEVICES, *([ALLOWED] if allows_microphone else [])]
    if microphone:
        arguments.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        await chromium.close()


async def page_of(
    chromium: Browser, *, width: int = 1280, height: int = 820, scheme: str = "light", talks: bool = False
) -> Page:
    """A page of its own context; one that `talks` has `say` for a microphone, and what it plays is kept."""
    context: BrowserContext = await chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=talks,  # the worklet that listens is no file of the site
    )
    context.set_default_timeout(PATIENCE_MS)
    if talks:
        await context.add_init_script(SPEECH)
        await context.add_init_script(TAP)
    return await context.new_page()


async def say(page: Page, recording: bytes, *, after_sounding: float = 0.0, again: bool = False) -> None:
    """Play a recording into the page's microphone, to its end, or again and again until `hush`.

    It begins once so much has sounded since the last look.
    """
    sound = base64.b64encode(recording).decode()
    what = [sound, after_sounding, again]
    await page.evaluate("([sound, after, again]) => window.sayForTheTest(sound, after, again)", what)


async def hush(page: Page) -> None:
    """Break off what `say` plays there."""
    await page.evaluate("() => window.hushForTheTest()")


async def sounds_for(page: Page, seconds: float) -> None:
    """Wait until so much has sounded since the last look."""
    await page.wait_for_function("(least) => window.heardByTheTest.sounding >= least", arg=seconds)


async def take_heard(page: Page) -> Samples:
    """What the page's call has played since the last look, 16 kHz."""
    encoded, rate = await page.evaluate(TAKE)
    samples = from_pcm16(base64.b64decode(encoded))
    return resample(samples, int(rate), HEARD_HZ) if len(samples) else samples


def write_wav(path: Path, pieces: Iterable[Samples], rate_hz: int) -> Path:
    """A microphone's recording at 48 kHz, the rate Chromium takes without a change of speed."""
    sound = resample(np.concatenate(list(pieces)), rate_hz, WAV_HZ)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(WAV_HZ)
        file.writeframes(to_pcm16(sound))
    return path
