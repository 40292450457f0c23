"""The application and its command line.

python -m app                 run it (settings: docs/reference/settings.md)
python -m app --no-demo       start empty, with a first-run page
python -m app load FOLDER     replace the tenant by a folder like demo/insurer
python -m app backup FILE     write everything into one file, while the server goes on
python -m app restore FILE    put it into an empty database
python -m app verify [FILE]   check every conversation, or a backup
python -m app doctor          say what is wrong, and what to do
"""

import argparse
import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

import commands as command_line
import logs
from config import DEMO_PASSWORD, VERSION, Settings
from server import MakeWing, Server, Think
from web.kit import (
    REFUSALS,
    BodyLimit,
    GuardedHttp,
    HealthOut,
    ReadyOut,
    Refusal,
    Wing,
    answer_refusals,
    pages,
    serve_files,
)

MAX_WIRE_BYTES = 262_144
"""Websocket frames past this are cut off by the server; smaller ones that are still too large get a clear error."""

log = structlog.get_logger(__name__)


def create_app(settings: Settings, *, think: Think | None = None, further: Sequence[MakeWing] = ()) -> FastAPI:
    """The application.

    `think` makes the agent from the tenant's documents, by default with the packaged MiniLM; `further` are wings that
    an installation adds to ours.
    """
    server = Server(settings, think, further)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await server.start()
        try:
            yield
        finally:
            await server.stop()

    app = FastAPI(
        title="Switchboard", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None, responses=REFUSALS
    )
    app.state.server = server
    for wing in server.wings:
        mount(app, wing)
    answer_refusals(app)
    app.add_middleware(BodyLimit, is_signed_in=server.auth.is_signed_in)
    app.include_router(pages(server.centre, server.auth))
    serve_files(app, is_secure=settings.is_secure)

    @app.get("/healthz", tags=["health"])
    async def healthz(response: Response) -> HealthOut:
        """Alive, database answering, agent loaded, calls taken, workers well; 503 while the database is away."""
        is_up = await server.database.ping()
        response.status_code = 200 if is_up else 503
        return HealthOut(
            database=is_up,
            agent=server.centre.agent_slot.ready.is_set(),
            degraded=server.is_degraded,
            voice=server.calls.engine_loader.is_open,
            workers=server.health(),
        )

    @app.get("/readyz", tags=["health"])
    async def readyz(response: Response) -> ReadyOut:
        """Whether customers may be sent here; 503 while the agent loads or the database is away."""
        waits_for = await server.waits_for()
        response.status_code = 503 if waits_for else 200
        return ReadyOut(is_ready=not waits_for, waits_for=waits_for)

    return app


def mount(app: FastAPI, wing: Wing) -> None:
    """Open the wing's doors; its workers are the server's to run."""
    for router in wing.routers:
        app.include_router(router)
    for kind, refusal in wing.refusals.items():
        app.add_exception_handler(kind, _refusing(refusal))


def _refusing(refusal: Refusal) -> Callable[[Request, Exception], Response]:
    def refused(_: Request, error: Exception) -> Response:
        return JSONResponse({"code": refusal.code, "detail": refusal.detail or str(error)}, refusal.status)

    return refused


def serving(
    app: FastAPI,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    trusted_proxies: Sequence[str] = (),
    shutdown_seconds: int | None = None,
) -> uvicorn.Config:
    """How uvicorn serves the application, here and in tests; `shutdown_seconds`: then what still runs is cut off."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=GuardedHttp,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=MAX_WIRE_BYTES,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=shutdown_seconds,
    )


def _banner(settings: Settings) -> str:
    base = f"http://{settings.host}:{settings.port}"
    lines = ["", f"Customer's page   {base}/", f"Operator's desk   {base}/desk", f"Supervisor        {base}/supervisor"]
    if settings.is_demo:
        lines += ["", "Demo logins (password for all: " + DEMO_PASSWORD + ")"]
        lines += ["  operator    maya@harbour.example", "  supervisor  sam@harbour.example"]
        if settings.host not in ("127.0.0.1", "localhost", "::1"):
            lines += ["", "WARNING: demo mode with its public logins is open to the network. Use --no-demo there."]
    else:
        lines += ["", f"First run: {base}/setup makes the first supervisor."]
    return "\n".join([*lines, ""])


def _port_taken(settings: Settings) -> str | None:
    """What to say when somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return f"Port {settings.port} is in use or not allowed; choose another: SWITCHBOARD_PORT=8001 make run"
    return None


def main(arguments: list[str]) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m app", description="Switchboard, a self-hosted AI contact centre.")
    parser.add_argument("--no-demo", action="store_true", help="start empty, with a first-run page")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="instead of serving", metavar="")
    load = commands.add_parser("load", help="replace the tenant by a folder's")
    load.add_argument("folder", type=Path, help="a folder like demo/insurer")
    load.set_defaults(run=lambda settings, given: command_line.load(settings, given.folder))
    backup = commands.add_parser("backup", help="write everything into one file, while the server goes on")
    backup.add_argument("file", type=Path, help="for example backup-2026-11-30.tar.gz")
    backup.set_defaults(run=lambda settings, given: command_line.write_backup(settings, given.file))
    restore = commands.add_parser("restore", help="put a backup into an empty database, on SQLite or Postgres")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=lambda settings, given: command_line.read_back(settings, given.file))
    verify = commands.add_parser("verify", help="check every conversation of the database, or a backup")
    verify.add_argument("file", type=Path, nargs="?", help="a backup; without one the database in use")
    verify.set_defaults(run=lambda settings, given: command_line.check(settings, given.file))
    doctor = commands.add_parser("doctor", help="say what is wrong with settings, disk, database, clock or models")
    doctor.set_defaults(run=lambda settings, _: command_line.doctor(settings))
    given = parser.parse_args(arguments)
    try:
        settings = Settings(SWITCHBOARD_DEMO=False) if given.no_demo else Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper().removeprefix("SWITCHBOARD_")
            told = problem["msg"].removeprefix("Value error, ")
            print(f"Settings: SWITCHBOARD_{name}: {told}" if name else f"Settings: {told}", file=sys.stderr)
        return 2
    logs.configure(settings.log_level)
    os.umask(0o077)  # databases, recordings and backups are for this user alone
    if given.run is not None:
        return int(asyncio.run(given.run(settings, given)))
    if (taken := _port_taken(settings)) is not None:
        print(taken, file=sys.stderr)
        return 2
    print(_banner(settings), flush=True)
    config = serving(
        create_app(settings), host=settings.host, port=settings.port, trusted_proxies=settings.trusted_proxies
    )
    uvicorn.Server(config).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
