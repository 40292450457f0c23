"""Every setting of the server. Read by app.py alone, from the environment (SWITCHBOARD_…) or a .env file."""

import socket
from datetime import date, timedelta
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from speech.choices import SttChoice, TtsChoice, TurnTaking

DEMO_SECRET = "demo-secret-for-a-laptop-only"  # noqa: S105 - refused outside demo mode
VERSION = "0.4.0"
DEMO_PASSWORD = "harbour-demo"  # noqa: S105 - the printed password of the demo logins


class Settings(BaseSettings):
    """One class, every field documented; `docs/reference/settings.md` is written from it."""

    model_config = SettingsConfigDict(env_prefix="SWITCHBOARD_", env_file=".env", extra="ignore")

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8000, ge=0, le=65_535)
    """Port to listen on."""
    data: Path = Path("var")
    """Folder for the embedded database and caches."""
    database_url: str = ""
    """`sqlite:///path` or `postgresql://user:password@host/name`; empty means SQLite in the data folder."""
    broker_url: SecretStr = SecretStr("")
    """`nats://host:4222` or `redis://host:6379`: several processes serve the one Postgres of `database_url` and hear of
    each other by it. Empty: one process."""
    node_address: str = ""
    """Where other processes reach this one, for example http://10.0.0.5:8000; empty: its host and port."""
    recordings: Path | None = None
    """Folder of recorded calls, one that all processes share; empty: in the data folder."""
    is_demo: bool = Field(default=True, validation_alias="SWITCHBOARD_DEMO")
    """Load the demo tenant into an empty database and show its logins on the sign-in page."""
    demo_day: date | None = None
    """The day the demonstration's records are dated for, for example 2026-11-22; empty: the day they are loaded."""
    secret: SecretStr = SecretStr(DEMO_SECRET)
    """Key of session and conversation tokens, at least 32 characters; must be your own outside demo mode."""
    allowed_origins: list[str] = ["*"]
    """Web origins that may embed the chat, for example ["https://www.example.com"]; `*` for any."""
    is_secure: bool = False
    """True behind https: session cookies are then sent over https only."""

    source_limits: float = Field(default=1.0, ge=0)
    """Multiplies what one address may ask for: 300 new chats at once and then 5 a second, 60 calls and 1 a second, half
    of the lines, 60 failed identity checks and one in two seconds. 0: no such limits, for load tests of your own."""
    trusted_proxies: list[str] = []
    """Addresses or networks of your own proxies, for example ["127.0.0.1"]: they alone may say, in X-Forwarded-For, who
    the visitor is. Limits count per visitor."""

    offer_seconds: float = Field(default=60, gt=0)
    """How long an operator has to take an offered chat."""
    operator_lost_seconds: float = Field(default=150, gt=0)
    """How long a lost operator's customers wait before they go back to the queue."""
    reload_seconds: float = Field(default=10, ge=0)
    """For so long a desk that closed may be one that is loaded anew; then its operator counts as lost."""
    review_seconds: float = Field(default=20, ge=0)
    """How long a customer may correct the hand-over summary before it goes without an answer."""
    idle_minutes: float = Field(default=30, gt=0)
    """After so long without a word from the customer the agent closes the chat."""

    discovery_seconds: float = Field(default=15, gt=0)
    """How soon after new turns that no intent covers the intent inbox is brought up to date; a minute at most."""

    is_adapting: bool = Field(default=False, validation_alias="SWITCHBOARD_ADAPT")
    """Train the sentence encoder on your own intents in the background (full install; minutes of one core at the lowest
    priority) whenever the library has stood for ten minutes, and use it from the next start if it wins."""

    llm_url: str = ""
    """Base URL of an OpenAI-compatible endpoint, for example http://localhost:11434/v1; empty: no language model."""
    llm_model: str = ""
    """Model name to ask for; empty: the endpoint's first."""
    llm_key: SecretStr = SecretStr("none")
    """API key of the endpoint."""
    llm_seconds: float = Field(default=1.2, gt=0)
    """A language model slower than this is not waited for; the deterministic answer goes out."""

    is_voice: bool = Field(default=True, validation_alias="SWITCHBOARD_VOICE")
    """Take voice calls. The speech models (some 600 MB of memory) are loaded at the first call."""
    voice_at_start: bool = False
    """Load the speech models when the server starts, so that the first caller does not wait 2 to 4 seconds."""
    most_calls: int = Field(default=40, ge=1)
    """Calls at once in this process; further callers are told that all lines are busy. Two cores carry about 20."""
    is_recording: bool = Field(default=False, validation_alias="SWITCHBOARD_RECORDING")
    """Record calls, announced to the caller at the beginning; anyone may object."""
    turn_taking: TurnTaking = TurnTaking.BALANCED
    """How soon the agent answers after the caller falls silent: eager, balanced, patient."""
    stt: SttChoice = SttChoice.WHISPER_BASE
    """Speech to text: whisper-base, whisper-tiny.en, directory, endpoint, scripted."""
    stt_directory: Path | None = None
    """A faster-whisper model folder, for `directory`."""
    stt_url: str = ""
    """Base URL of an OpenAI-compatible server with /audio/transcriptions, for `endpoint`."""
    stt_model: str = "whisper-1"
    """Model to ask that server for."""
    stt_key: SecretStr = SecretStr("none")
    """API key of that server."""
    tts: TtsChoice = TtsChoice.HIBARI
    """Text to speech: hibari, piper, system, endpoint, scripted."""
    tts_voice: str = "heart"
    """Voice of hibari or of the endpoint."""
    tts_url: str = ""
    """Base URL of an OpenAI-compatible server with /audio/speech, for `endpoint`."""
    tts_model: str = "tts-1"
    """Model to ask that server for."""
    tts_key: SecretStr = SecretStr("none")
    """API key of that server."""

    metrics_token: SecretStr = SecretStr("")
    """What Prometheus shows as its bearer token at /metrics; empty: only this machine may ask."""
    log_level: str = "info"
    """debug, info, warning or error."""

    @field_validator("llm_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"SWITCHBOARD_LLM_URL must begin with http:// or https://, not {value!r}")
        return value

    @model_validator(mode="after")
    def _has_own_secret(self) -> "Settings":
        secret = self.secret.get_secret_value()
        if not self.is_demo and (secret == DEMO_SECRET or len(secret) < 32 or len(set(secret)) < 8):
            raise ValueError(
                "SWITCHBOARD_SECRET must be set to your own value of at least 32 characters outside demo mode;"
                ' make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        return self

    @model_validator(mode="after")
    def _has_database_to_share(self) -> "Settings":
        if self.broker_url.get_secret_value() and not self.database_url.startswith("postgres"):
            raise ValueError(
                "SWITCHBOARD_BROKER_URL is for several processes on one Postgres: set SWITCHBOARD_DATABASE_URL to it"
            )
        return self

    @property
    def address(self) -> str:
        """Where other processes reach this one."""
        host = socket.gethostname() if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return self.node_address or f"http://{host}:{self.port}"

    @property
    def recordings_folder(self) -> Path:
        """Where recorded calls lie."""
        return self.recordings or self.data / "recordings"

    @property
    def url(self) -> str:
        """The database address in use."""
        return self.database_url or f"sqlite:///{(self.data / 'switchboard.sqlite3').resolve()}"

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)
