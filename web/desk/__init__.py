"""The operators' door: the desk socket, its protocol, what a desk is shown."""

from web.desk.wing import desk_wing

__all__ = ["desk_wing"]
