"""The operators' door: the desk socket, its protocol, what a desk is shown."""

from web.desk.desk_socket import Desks, desk_socket

__all__ = [
    "Desks",
    "desk_socket",
]
