"""The doors of learning: inbox, library, procedures."""

from web.learning.wing import learning_wing

__all__ = ["learning_wing"]
