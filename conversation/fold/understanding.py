"""What the agent understood and works on, event by event."""

from dataclasses import replace
from typing import assert_never

from conversation import events as e
from conversation.events.understanding import UnderstandingEvent
from conversation.fold.newest import newest
from conversation.handover import IntentSeen, ShownFact
from conversation.state import MOOD_WINDOW, SLOTS_KEPT, STEPS_KEPT, Dialogue, Record, Slot, State, Step, Topic
from conversation.words import TopicOutcome


def after_understanding_event(state: State, event: UnderstandingEvent) -> State:
    """The state after it. A new topic forgets the last tool; what a step told is a fact of the record."""
    match event:
        case e.LanguageNoticed():
            return replace(state, talk=replace(state.talk, language=event.language))
        case e.TopicOpened():
            state = replace(state, record=replace(state.record, last_tool=None))
        case e.StepDone():
            state = replace(state, record=_with_fact(state.record, event, state.seq + 1))
        case _:
            pass
    return replace(state, dialogue=_dialogue(state, event))


def _dialogue(state: State, event: UnderstandingEvent) -> Dialogue:
    before = state.dialogue
    match event:
        case e.IntentRecognised():
            said = next((turn.text for turn in state.talk.last_turns if turn.seq == event.said_seq), "")
            seen = IntentSeen(event.intent, event.name, event.group, event.confidence, event.said_seq, said[:300])
            declined = tuple(one for one in before.declined if one != event.intent)
            return replace(before, intents=newest(before.intents, seen), declined=declined, unmatched=0)
        case e.UtteranceUnmatched():
            return before if event.is_doubtful else replace(before, unmatched=before.unmatched + 1)
        case e.MoodNoted():
            return replace(before, moods=newest(before.moods, event.level, MOOD_WINDOW))
        case e.TopicOpened():
            topic = Topic(event.intent, event.name, event.said_seq, event.words, event.procedure)
            return replace(before, topics=newest(_but(before.topics, event.intent), topic), misses=0)
        case e.TopicClosed():
            after = replace(before, topics=_but(before.topics, event.intent))
            if event.outcome is not TopicOutcome.CANCELLED or event.intent in before.declined:
                return after
            return replace(after, declined=newest(before.declined, event.intent))
        case e.SlotFilled():
            slot = Slot(event.name, event.label, event.value, event.said_seq, event.topic)
            return replace(before, slots=newest(_without(before.slots, event), slot, SLOTS_KEPT), misses=0)
        case e.SlotCleared():
            return replace(before, slots=_without(before.slots, event))
        case e.StepDone():
            return replace(before, topics=tuple(_with_step(topic, event) for topic in before.topics))
        case e.QuestionAsked():
            is_repeated = event.question is not None and event.question.attempt > 1
            return replace(before, question=event.question, misses=before.misses + is_repeated)
        case e.TurnUnderstood() | e.LanguageNoticed():
            return before
        case _:
            assert_never(event)


def _but(topics: tuple[Topic, ...], intent: str) -> tuple[Topic, ...]:
    return tuple(topic for topic in topics if topic.intent != intent)


def _without(slots: tuple[Slot, ...], event: e.SlotFilled | e.SlotCleared) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if (slot.name, slot.topic) != (event.name, event.topic))


def _with_step(topic: Topic, event: e.StepDone) -> Topic:
    if topic.intent != event.intent:
        return topic
    others = tuple(step for step in topic.steps if step.step != event.step)
    return replace(topic, steps=newest(others, Step(event.step, event.inputs, event.result), STEPS_KEPT))


def _with_fact(record: Record, event: e.StepDone, seq: int) -> Record:
    told = event.result.get("told") if event.result else None
    return replace(record, facts=newest(record.facts, ShownFact(str(told), seq))) if told else record
