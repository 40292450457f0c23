"""Doors for whoever watches the machines."""

from web.operations.wing import operations_wing

__all__ = ["operations_wing"]
