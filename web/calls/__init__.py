"""The doors of voice: a customer's and an operator's socket, recordings."""

from web.calls.wing import calls_wing

__all__ = ["calls_wing"]
