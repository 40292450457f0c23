"""What every door needs: sign-in, a socket with limits and heartbeats, pages and files."""

from web.kit.auth import Auth
from web.kit.site import pages, serve_files

__all__ = [
    "Auth",
    "pages",
    "serve_files",
]
