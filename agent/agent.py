"""The agent as a value: what it knows and may do, and what follows from that. What it decides: `agent.deciding`."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from agent.draft import DecisionDraft
from agent.procedures.derive import with_derived
from agent.procedures.model import Collect, Confirm, Pick, Procedure
from agent.procedures.model import UseTool as ToolStep
from agent.procedures.versions import ProcedureVersions, Trial, version_in
from agent.procedures.walk import Surrounds, Walk
from agent.tools.specs import CHANGES
from agent.understanding.meaning import Meaning
from agent.understanding.reference_kinds import ReferenceKinds
from agent.understanding.safety import NO_SAFETY, SafetyPolicy
from agent.understanding.understanding import Understanding
from agent.wording import DEFAULT_WORDING, Wording
from conversation import State
from encoder import content_stems, stems
from intents import Library, place_of
from knowledge import KnowledgeIndex

OWN_WORD, OWN_SHARE = 3, 0.4
"""A word that so many examples of an intent say, and so much of all who say it, is its own."""


@dataclass(frozen=True)
class Agent:
    """Immutable; a changed library, procedure or knowledge base makes a new one."""

    library: Library
    """The tenant's intents and the built-in ones."""
    knowledge: KnowledgeIndex
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    """By intent; those that are only called, by id."""
    trial: Trial | None = None
    """Procedures that a share of the conversations meets instead."""
    by_version: Mapping[int, Mapping[str, Procedure]] = field(default_factory=dict)
    """What topics go on with that began before the procedures changed."""
    references: ReferenceKinds = field(default_factory=lambda: ReferenceKinds(()))
    safety: SafetyPolicy = NO_SAFETY
    wording: Wording = DEFAULT_WORDING
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Meaning] = field(default_factory=dict)
    """By the examples that mean yes and no to a question of a procedure."""

    def is_look_up(self, intent: str) -> bool:
        """True when the intent's procedure only reads a record and tells what stands in it."""
        procedure = self.procedures.get(intent)
        steps = tuple(procedure.all_steps()) if procedure else ()
        changes = any(
            isinstance(step, Confirm) or (isinstance(step, ToolStep) and step.tool in CHANGES) for step in steps
        )
        return any(isinstance(step, Pick) for step in steps) and not changes

    def in_conversation(self, conversation_id: str) -> "Agent":
        """The agent that this conversation meets: the one with the procedures on trial, or this one."""
        if self.trial is None or place_of(conversation_id) >= self.trial.share:
            return self
        return self._trying

    @cached_property
    def _trying(self) -> "Agent":
        return replace(self, procedures=self.trial.procedures, trial=None) if self.trial else self

    def with_library(self, library: Library) -> "Agent":
        """The same agent with changed intents; a new one without a procedure of its own gets one made."""
        return self._with(library, ProcedureVersions(self.procedures, self.trial, self.by_version))

    def with_procedures(
        self,
        versions: ProcedureVersions,
        meanings: Mapping[tuple[tuple[str, ...], tuple[str, ...]], Meaning] | None = None,
    ) -> "Agent":
        """The same agent with changed procedures; `meanings` are those of their questions."""
        changed = self._with(self.library, versions)
        return replace(changed, meanings={**self.meanings, **(meanings or {})})

    def _with(self, library: Library, versions: ProcedureVersions) -> "Agent":
        trial = versions.trial
        return replace(
            self,
            library=library,
            procedures=with_derived(versions.current, library),
            trial=replace(trial, procedures=with_derived(trial.procedures, library)) if trial else None,
            by_version=versions.by_version,
        )

    @cached_property
    def intent_words(self) -> dict[str, frozenset[str]]:
        """The words of each intent's examples, without endings."""
        return {
            intent.id: frozenset(stems(" ".join((intent.name, *(one.text for one in intent.examples)))))
            for intent in self.library.live()
        }

    @cached_property
    def own_words(self) -> dict[str, frozenset[str]]:
        """The words that an intent's examples say and those of others hardly do: what it is about."""
        counts = {
            intent.id: Counter(stem for one in intent.examples for stem in content_stems(one.text))
            for intent in self.library.live()
        }
        everywhere = sum(counts.values(), Counter())
        return {
            intent: frozenset(
                stem for stem, count in words.items() if count >= OWN_WORD and count >= OWN_SHARE * everywhere[stem]
            )
            for intent, words in counts.items()
        }

    def speaks_of(self, intent: str, text: str) -> bool:
        """True when the text has one of the intent's own words."""
        return bool(self.own_words.get(intent, frozenset()) & content_stems(text))

    def is_form(self, intent: str) -> bool:
        """True when the intent's procedure takes something down or changes something."""
        procedure = self.procedures.get(intent)
        if procedure is None or self.is_look_up(intent):
            return False
        return any(
            isinstance(step, Confirm) or (isinstance(step, Collect) and not step.is_optional)
            for step in procedure.all_steps()
        )

    @cached_property
    def look_ups(self) -> dict[str, str]:
        """The intent that tells where something stands, by the kind of number that names it; the first that uses it."""
        found: dict[str, str] = {}
        for intent, procedure in self.procedures.items():
            kind = procedure.reference
            is_look_up = procedure.is_status and kind and self.library.find(intent)
            if is_look_up and (kind not in found or kind in procedure.uses):
                found[kind] = intent
        return found

    @cached_property
    def new_one(self) -> re.Pattern[str]:
        """A turn about one more of what a number names, not about one that is there: "a new claim"."""
        kinds = (self.references.kind(name) for name in self.look_ups)
        words = "|".join(re.escape(word) for kind in kinds if kind for word in kind.words) or "(?!)"
        return re.compile(
            rf"\b(?:a|another|one) (?:brand[- ])?new (?:{words}|one)\b|\b(?:new|another) (?:{words})\b"
            rf"|\bi(?:'d like| want) to (?:{words})\b",
            re.IGNORECASE,
        )

    def walk(self, draft: DecisionDraft, procedure: Procedure) -> Walk:
        """A walk of the procedure, among those of its own version."""
        procedures = self.by_version.get(procedure.version, self.procedures)
        return Walk(draft, procedure, Surrounds(procedures, self.knowledge, self.references, self.synonyms))

    def procedure_of(self, draft: DecisionDraft) -> Procedure | None:
        """The procedure of the current topic, in the version that it began with while that is known.

        None when the library no longer has its intent.
        """
        topic = draft.state.topic
        if topic is None:
            return None
        began_with = self.by_version.get(version_in(topic.procedure), {}).get(topic.intent)
        return began_with or self.procedures.get(topic.intent)

    def draft(self, state: State, understood: Understanding, now: datetime) -> DecisionDraft:
        return DecisionDraft(state, understood, now, self.library, self.wording)
