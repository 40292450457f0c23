"""The wing of those who watch the machines: /metrics."""

import hmac
from collections.abc import Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from actions import Centre
from actions.workers import Worker, WorkerHealth
from reports import COUNT_SECONDS, Tally
from storage.kit import Outbox, StorageError
from telephony.lines import CallRegistry
from web.kit.refusals import Refused
from web.kit.wing import Wing
from web.operations.gauges import Gauges


def operations_wing(
    centre: Centre,
    outbox: Outbox,
    calls: CallRegistry,
    workers: Callable[[], Sequence[WorkerHealth]],
    held_seconds: Callable[[], float],
    *,
    token: str,
) -> Wing:
    """`held_seconds`: the longest the event loop was held since that was last asked.

    `token`: what a monitoring system shows as its bearer; without one only this machine may ask.
    """
    registry = CollectorRegistry()
    tally = Tally(centre.feed, registry)
    gauges = Gauges(centre, outbox, calls, workers, held_seconds, registry)
    router = APIRouter(tags=["health"])

    @router.get("/metrics", response_class=Response)
    async def metrics(request: Request) -> Response:
        """Prometheus's text format. Refused 403 without the token, where there is one, or from another machine."""
        _refuse_strangers(request, token)
        await tally.step()
        with suppress(StorageError):
            await gauges.look(centre.clock())
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Wing("operations", (router,), (Worker("tally", tally.step, COUNT_SECONDS),))


def _refuse_strangers(request: Request, token: str) -> None:
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        is_known = hmac.compare_digest(given.encode(), token.encode())
    else:
        is_known = _is_this_machine(request) and "x-forwarded-for" not in request.headers
    if not is_known:
        raise Refused(403, "not_allowed", "Metrics are for this machine, or for who shows SWITCHBOARD_METRICS_TOKEN.")


def _is_this_machine(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
