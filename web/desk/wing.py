"""The wing of the desk: the operators' socket, and what offers conversations to them."""

from fastapi import APIRouter
from starlette.websockets import WebSocket

from actions import Centre
from actions.operator import Dispatcher
from actions.workers import Worker
from crm_adapter import CrmAdapter
from web.desk.desk_socket import Desks, desk_socket
from web.kit.wing import Wing


def desk_wing(centre: Centre, dispatcher: Dispatcher, crm: CrmAdapter) -> Wing:
    """Desks of operators and supervisors."""
    router = APIRouter()
    desks = Desks(centre)

    @router.websocket("/ws/desk")
    async def desk(socket: WebSocket) -> None:
        await desk_socket(socket, centre, desks, crm)

    offers = Worker("offers", dispatcher.step, 0.0)
    people = Worker("people", desks.board.step, 0.0)
    return Wing("desk", (router,), (offers, people))
