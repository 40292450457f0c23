"""What every door needs: sign-in, a socket with limits and heartbeats, pages and files."""

from web.kit.auth import Auth
from web.kit.body_limit import BodyLimit
from web.kit.health import HealthOut, ReadyOut, WorkerOut
from web.kit.http_guard import GuardedHttp
from web.kit.refusals import REFUSALS, RefusalOut, answer_refusals
from web.kit.site import pages, serve_files
from web.kit.wing import Refusal, Wing

__all__ = [
    "REFUSALS",
    "Auth",
    "BodyLimit",
    "GuardedHttp",
    "HealthOut",
    "ReadyOut",
    "Refusal",
    "RefusalOut",
    "Wing",
    "WorkerOut",
    "answer_refusals",
    "pages",
    "serve_files",
]
