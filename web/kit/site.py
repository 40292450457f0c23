"""Pages and static files, with headers that keep foreign scripts and frames out."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from actions import Centre
from storage.people import Role
from web.kit.auth import Auth

SCREENS = Path(__file__).resolve().parents[2] / "screens"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000; includeSubDomains"


def pages(centre: Centre, auth: Auth) -> APIRouter:
    """The pages people open."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def site() -> Response:
        if not await centre.people.count():
            return RedirectResponse("/setup", 303)
        return _page("demo_site/site.html")

    @router.get("/sign-in")
    async def sign_in() -> Response:
        return _page("sign_in/sign-in.html")

    @router.get("/setup")
    async def setup() -> Response:
        return _page("sign_in/setup.html")

    @router.get("/desk")
    async def desk(request: Request) -> Response:
        return (
            _page("desk/desk.html") if await auth.find_person(request) else RedirectResponse("/sign-in?next=/desk", 303)
        )

    @router.get("/supervisor")
    async def supervisor(request: Request) -> Response:
        person = await auth.find_person(request)
        if person is None:
            return RedirectResponse("/sign-in?next=/supervisor", 303)
        return _page("supervisor/supervisor.html") if person.role is Role.SUPERVISOR else RedirectResponse("/desk", 303)

    @router.get("/widget.js")
    async def widget() -> Response:
        return RedirectResponse("/static/customer/widget.js", 307, headers=CROSS_ORIGIN)

    @router.get("/favicon.ico")
    async def favicon() -> Response:
        icon = SCREENS / "kit" / "favicon.svg"
        return FileResponse(icon, media_type="image/svg+xml") if icon.exists() else Response(status_code=204)

    return router


CROSS_ORIGIN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""The widget's modules are loaded by other sites."""


def serve_files(app: FastAPI, *, is_secure: bool) -> None:
    """Static files, and the headers on everything. `is_secure`: browsers shall never come without https again."""
    app.mount("/static", StaticFiles(directory=SCREENS), name="static")

    @app.middleware("http")
    async def headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_secure:
            response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
        if request.url.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-cache")
            for name, value in CROSS_ORIGIN.items():
                response.headers[name] = value
        return response


def _page(name: str) -> Response:
    return FileResponse(SCREENS / name, media_type="text/html", headers={"Cache-Control": "no-store"})
