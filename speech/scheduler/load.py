"""When to step back: a smoothed delay against one threshold per step, with patience on the way down. Clockless."""

from dataclasses import dataclass

from speech.scheduler.values import LoadStep, StepChange

_WEIGHT = 0.25
"""of the newest delay in the moving average"""


@dataclass(frozen=True)
class LoadPolicy:
    """At which delay the machine takes each step."""

    step_seconds: tuple[float, ...] = (0.12, 0.25, 0.5, 1.5)
    """smoothed delay from which NO_CAPTIONS, LATE_SPECULATION, SMALL_MODEL and PLEASE_HOLD hold, rising"""
    calm_share: float = 0.5
    """a step is left when the delay is under this share of its threshold"""
    calm_seconds: float = 3.0
    """and has been for so long"""


class LoadMonitor:
    """Fed how long urgent work waited and how late the event loop ran; says which step holds."""

    def __init__(self, policy: LoadPolicy) -> None:
        self._policy = policy
        self._delay_seconds = 0.0
        self._step = LoadStep.NORMAL
        self._calm_since: float | None = None

    @property
    def step(self) -> LoadStep:
        """The step that holds now."""
        return self._step

    @property
    def delay_seconds(self) -> float:
        """The smoothed delay."""
        return self._delay_seconds

    def note(self, at: float, delay_seconds: float) -> StepChange | None:
        """Takes one delay; returns the change it caused, if any. Up at once to the step due, down one at a time."""
        self._delay_seconds += _WEIGHT * (delay_seconds - self._delay_seconds)
        due = LoadStep(sum(self._delay_seconds >= threshold for threshold in self._policy.step_seconds))
        if due > self._step:
            return self._move(at, due)
        if self._step is LoadStep.NORMAL or self._delay_seconds > self._calm_threshold():
            self._calm_since = None
            return None
        if self._calm_since is None:
            self._calm_since = at
        if at - self._calm_since < self._policy.calm_seconds:
            return None
        return self._move(at, LoadStep(self._step - 1))

    def _calm_threshold(self) -> float:
        return self._policy.calm_share * self._policy.step_seconds[self._step - 1]

    def _move(self, at: float, step: LoadStep) -> StepChange:
        change = StepChange(at, self._step, step, self._delay_seconds)
        self._step, self._calm_since = step, None
        return change
