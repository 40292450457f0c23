"""How the centre stands now, as Prometheus's gauges: looked up when they are asked for."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge

from actions import Centre
from actions.workers import WorkerHealth
from storage.kit import Outbox
from telephony.lines import CallRegistry


class Gauges:
    """Filled by `look`, in a registry of their own."""

    def __init__(
        self,
        centre: Centre,
        outbox: Outbox,
        calls: CallRegistry,
        workers: Callable[[], Sequence[WorkerHealth]],
        held_seconds: Callable[[], float],
        registry: CollectorRegistry,
    ) -> None:
        self._held_seconds = held_seconds
        self._centre = centre
        self._outbox = outbox
        self._calls = calls
        self._workers = workers

        def gauge(name: str, words: str, *labels: str) -> Gauge:
            return Gauge(f"switchboard_{name}", words, labels, registry=registry)

        self._ready = gauge("agent_ready", "1 while the agent answers")
        self._leads = gauge("leads", "1 in the process that does what only one may do")
        self._processes = gauge("processes", "Processes alive")
        self._waiting = gauge("queue_waiting", "Customers who wait for a person", "queue")
        self._oldest = gauge("queue_oldest_wait_seconds", "Since when the longest of them waits", "queue")
        self._absent = gauge("queue_absent", "Those of them whose page and line are closed", "queue")
        self._operators = gauge("operators", "Operators by presence", "presence")
        self._load = gauge("operator_load", "Conversations that operators hold")
        self._live_calls = gauge("calls_live", "Calls of this process")
        self._speech_step = gauge("speech_load_step", "How far speech has stepped back under load; 0 is normal")
        self._undelivered = gauge("outbox_waiting", "Notes that wait for the CRM")
        self._undelivered_age = gauge("outbox_oldest_seconds", "Since when the oldest of them waits")
        self._failing = gauge("worker_failures", "Failures in a row of each worker; 0 while it works", "worker")
        self._held = gauge("loop_held_seconds", "The longest the event loop was held since the last look")
        self._customers = gauge("customers_online", "Customers with a page or a line open in this process")

    async def look(self, now: datetime) -> None:
        """Look everything up. Raises StorageError while the database is away; the others are filled by then."""
        centre = self._centre
        self._ready.set(centre.agent_slot.ready.is_set())
        self._leads.set(centre.membership.leads)
        self._processes.set(len(centre.membership.alive))
        self._live_calls.set(len(self._calls))
        self._speech_step.set(self._calls.engine_loader.load_step)
        self._customers.set(len(centre.attendance.counts()))
        self._held.set(self._held_seconds())
        self._failing.clear()
        for worker in self._workers():
            self._failing.labels(worker.name).set(worker.failures)
        snapshot = await centre.queue_snapshots.look()
        for one in (self._waiting, self._oldest, self._absent, self._operators):
            one.clear()
        for queue in centre.tenant.queues:
            here = [item for item in snapshot.waiting if item.queue == queue.id]
            self._waiting.labels(queue.id).set(len(here))
            self._absent.labels(queue.id).set(sum(item.is_absent for item in here))
            oldest = min((item.queued_at for item in here), default=now)
            self._oldest.labels(queue.id).set(max(0.0, (now - oldest).total_seconds()))
        people = await centre.people.all()
        presence = Counter(one.presence if one.is_connected else "offline" for one in people if one.is_active)
        for word, count in presence.items():
            self._operators.labels(word).set(count)
        self._load.set(sum(one.load for one in snapshot.operators))
        waiting, oldest_at = await self._outbox.waiting()
        self._undelivered.set(waiting)
        self._undelivered_age.set(max(0.0, (now - oldest_at).total_seconds()) if oldest_at else 0.0)
