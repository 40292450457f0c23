"""The wing of calls: the sockets of callers and operators, and recordings."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.websockets import WebSocket

from actions import Centre
from actions.workers import Worker
from sources import Sources
from storage.conversation import Recordings
from telephony.lines import HEARTBEAT_SECONDS, CallRegistry
from web.calls.recordings import recording_doors
from web.calls.voice_socket import desk_voice_socket, voice_socket
from web.kit.auth import Auth
from web.kit.wing import Wing


def calls_wing(
    calls: CallRegistry,
    centre: Centre,
    auth: Auth,
    recordings: Recordings,
    sources: Sources,
    allowed_origins: Sequence[str],
) -> Wing:
    """Voice over a browser's websocket."""
    router = APIRouter()

    @router.websocket("/ws/voice")
    async def voice(socket: WebSocket) -> None:
        await voice_socket(socket, centre, calls, sources, list(allowed_origins))

    @router.websocket("/ws/desk-voice")
    async def desk_voice(socket: WebSocket) -> None:
        await desk_voice_socket(socket, centre, calls)

    heartbeat = Worker("calls", calls.beat, HEARTBEAT_SECONDS)
    return Wing("calls", (recording_doors(centre, auth, recordings), router), (heartbeat,))
