"""What every door needs: sign-in, a socket with limits and heartbeats, pages and files."""

from web.kit.auth import Auth
from web.kit.health import HealthOut, WorkerOut
from web.kit.site import pages, serve_files
from web.kit.wing import Refusal, Wing

__all__ = [
    "Auth",
    "HealthOut",
    "Refusal",
    "Wing",
    "WorkerOut",
    "pages",
    "serve_files",
]
