"""What every HTTP answer is made of: a frozen value that pydantic prints and docs/reference/http-api.md lists."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer. Its fields are the keys of the JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """What a request carries; a key nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")
