"""How a door refuses over HTTP: a status, a code that programs may rely on, and words for people."""

from typing import Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from storage.kit import StorageUnavailable

RefusalCode = Literal[
    "invalid",
    "not_possible",
    "conflict",
    "not_found",
    "signed_out",
    "wrong_password",
    "not_allowed",
    "foreign_site",
    "too_fast",
    "too_large",
    "set_up_already",
    "email_taken",
    "unknown_queue",
    "still_loading",
    "still_recording",
    "unavailable",
]
BY_STATUS: dict[int, RefusalCode] = {401: "signed_out", 403: "not_allowed", 404: "not_found", 409: "conflict"}
"""For refusals of the framework's own, such as a path that is no door."""


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    loc: list[str | int]
    msg: str
    type: str


class RefusalOut(BaseModel):
    """The body of every answer of status 400 and above."""

    code: RefusalCode
    detail: str | list[FieldProblem]
    """A sentence that says what to do; for `invalid` a list, field by field."""


REFUSALS: dict[int | str, dict[str, object]] = {"4XX": {"model": RefusalOut}, "5XX": {"model": RefusalOut}}
"""How the doors say in OpenAPI what a refusal looks like."""


class Refused(HTTPException):
    """Answered with its status, its code and its words."""

    def __init__(self, status: int, code: RefusalCode, words: str, retry_after_seconds: float | None = None) -> None:
        headers = {"Retry-After": f"{retry_after_seconds:.0f}"} if retry_after_seconds is not None else None
        super().__init__(status, words, headers)
        self.code = code


def answer_refusals(app: FastAPI) -> None:
    """Make every refusal of the application read alike."""

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        code = error.code if isinstance(error, Refused) else BY_STATUS.get(error.status_code, "invalid")
        return JSONResponse({"code": code, "detail": error.detail}, error.status_code, error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # What was sent is not sent back: it may be large, or a password.
        problems = [{"loc": list(one["loc"]), "msg": one["msg"], "type": one["type"]} for one in error.errors()]
        return JSONResponse({"code": "invalid", "detail": problems}, 422)

    @app.exception_handler(StorageUnavailable)
    async def unavailable(_: Request, __: StorageUnavailable) -> JSONResponse:
        detail = "The database does not answer; try again in a few seconds."
        return JSONResponse({"code": "unavailable", "detail": detail}, 503, {"Retry-After": "2"})
