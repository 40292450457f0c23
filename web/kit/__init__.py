"""What every door needs: sign-in, a socket with limits and heartbeats, pages and files."""

from web.kit.auth import Auth
from web.kit.health import HealthOut, WorkerOut
from web.kit.refusals import REFUSALS, RefusalOut, answer_refusals
from web.kit.site import pages, serve_files
from web.kit.wing import Refusal, Wing

__all__ = [
    "REFUSALS",
    "Auth",
    "HealthOut",
    "Refusal",
    "RefusalOut",
    "Wing",
    "WorkerOut",
    "answer_refusals",
    "pages",
    "serve_files",
]
