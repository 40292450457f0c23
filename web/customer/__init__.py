"""The customer's door: the chat socket and its protocol."""

from web.customer.wing import customer_wing

__all__ = ["customer_wing"]
