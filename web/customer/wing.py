"""The wing of the customer's chat."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.websockets import WebSocket

from actions import Centre
from sources import Sources
from web.customer.chat_socket import chat_socket
from web.kit.wing import Wing


def customer_wing(centre: Centre, sources: Sources, allowed_origins: Sequence[str]) -> Wing:
    """`allowed_origins`: sites beside our own that may embed the chat."""
    router = APIRouter()

    @router.websocket("/ws/chat")
    async def chat(socket: WebSocket) -> None:
        await chat_socket(socket, centre, sources, list(allowed_origins))

    return Wing("customer", (router,))
