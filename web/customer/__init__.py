"""The customer's door: the chat socket and its protocol."""

from web.customer.chat_socket import chat_socket

__all__ = [
    "chat_socket",
]
