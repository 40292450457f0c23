"""What can go wrong with speech, one class per reaction of the caller."""

from collections.abc import Sequence


class SpeechError(Exception):
    """Root of the room's errors; `retry_may_help` says whether the same request can succeed later."""

    retry_may_help = False


class BadAudio(SpeechError):
    """The samples or bytes break the format's promise (odd length, wrong rate, not finite). A retry fails again."""


class MissingWeights(SpeechError):
    """Model files are absent or not the ones we pinned. Names every file and how to get it. A retry fails again."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("speech models are not ready:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = tuple(problems)


class ProviderUnavailable(SpeechError):
    """A remote endpoint or a system voice did not answer. A retry may help."""

    retry_may_help = True


class ProviderRefused(SpeechError):
    """The provider answered, and said no (wrong key, unknown model or voice). A retry fails again."""


class Overloaded(SpeechError):
    """The scheduler has no place for this job, or its deadline passed while it waited. A retry may help."""

    retry_may_help = True
