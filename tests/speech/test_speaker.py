"""A reply is spoken clause first, and what was said once is remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio import BROWSER, PHONE_MULAW, resample
from speech.scripted import ScriptedVoice
from speech.stt import TranscriptionRequest
from speech.stt.whisper import WhisperTranscriber
from speech.tts import Speaker, clauses
from speech.tts.hibari import HibariVoice


@pytest.mark.parametrize(
    ("reply", "pieces"),
    [
        ("Hello.", ["Hello."]),
        (
            "Sure, let me look that up for you, it takes a moment. Thank you.",
            ["Sure, let me look that up for you,", "it takes a moment.", "Thank you."],
        ),
        (
            "Dr. Lee will call at 9 a.m. on Monday. Is that fine?",
            ["Dr. Lee will call at 9 a.m. on Monday.", "Is that fine?"],
        ),
        ("It costs £1,250.50 a year, all in all.", ["It costs £1,250.50 a year,", "all in all."]),
        ("First line\nsecond line", ["First line", "second line"]),
        ("", []),
        ("... !", []),
    ],
)
def test_the_first_piece_is_short_and_the_rest_are_sentences(reply: str, pieces: list[str]) -> None:
    assert [clause.text for clause in clauses(reply)] == pieces


def test_a_sentence_without_end_is_cut_at_its_commas() -> None:
    long = "We cover " + ", ".join(["fire and theft and water"] * 20) + "."

    assert max(len(clause.text) for clause in clauses(long)) <= 200


@given(st.text(alphabet="abc ABC,.;:!?\n£12", max_size=120))
def test_no_word_is_lost_on_the_way(reply: str) -> None:
    def letters(text: str) -> str:
        return "".join(character for character in text if character.isalnum())

    spoken = "".join(clause.text for clause in clauses(reply))
    assert letters(spoken) == letters(reply)


def test_a_comma_rests_shorter_than_a_full_stop() -> None:
    first, second = clauses("Let me see now, here it comes then. ")

    assert first.pause_seconds < second.pause_seconds


def test_what_was_said_once_is_not_rendered_again() -> None:
    voice = ScriptedVoice()
    speaker = Speaker(voice)
    for _ in range(3):
        list(speaker.stream("One moment please. Thank you."))

    assert voice.said == ["One moment please.", "Thank you."]


def test_memory_is_bounded_but_canned_replies_stay() -> None:
    voice = ScriptedVoice()
    speaker = Speaker(voice, remembered_seconds=10.0)
    speaker.prepare(["Welcome to Harbour Mutual."])
    for number in range(50):
        list(speaker.stream(f"Answer number {number} for you."))

    (greeting,) = speaker.clauses("Welcome to Harbour Mutual.")
    (old,) = speaker.clauses("Answer number 0 for you.")
    assert speaker.remembered(greeting) is not None
    assert speaker.remembered(old) is None


def test_a_clause_fits_every_line() -> None:
    (spoken,) = Speaker(ScriptedVoice(rate_hz=24000)).stream("Hello there.")

    for line in (BROWSER, PHONE_MULAW):
        frames = spoken.frames(line)
        assert {len(frame) for frame in frames} == {line.frame_bytes}
        assert len(frames) * 0.02 == pytest.approx(spoken.seconds, abs=0.02)


@pytest.mark.parametrize(
    ("reply", "heard"),
    [
        ("Your claim CL52318 is open.", "52318"),
        ("Please call 0808 157 0123.", "08081570123"),
        ("Your policy number is 7104482.", "7104482"),
    ],
)
def test_what_the_agent_reads_out_is_heard_as_it_was_written(
    hibari: HibariVoice, whisper_base: WhisperTranscriber, reply: str, heard: str
) -> None:
    (spoken,) = Speaker(hibari).stream(reply)

    transcript = whisper_base.transcribe(TranscriptionRequest(resample(spoken.samples, spoken.rate_hz, 16000)))

    assert "".join(filter(str.isdigit, transcript.text)) == heard
