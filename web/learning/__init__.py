"""The doors of learning: inbox, library, procedures."""

from web.learning.learning_api import learning_api, tell_learning_errors
from web.learning.library_api import library_api
from web.learning.procedures_api import procedures_api

__all__ = [
    "learning_api",
    "library_api",
    "procedures_api",
    "tell_learning_errors",
]
