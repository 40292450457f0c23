"""An OpenAI-compatible audio endpoint: where it is, and its errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speech.errors import ProviderRefused, ProviderUnavailable

if TYPE_CHECKING:
    import openai


@dataclass(frozen=True)
class Endpoint:
    """One server that speaks OpenAI's audio API."""

    base_url: str
    """"https://api.openai.com/v1", or a server of your own"""
    model: str
    """as the server calls it"""
    api_key: str = field(default="none", repr=False)
    """"none" for servers without keys"""
    timeout_seconds: float = 6.0
    """for one request, no retry: a caller is waiting"""

    def open_client(self) -> "openai.OpenAI":
        """A client for many threads."""
        import openai  # half a second that centres with local models never need

        return openai.OpenAI(base_url=self.base_url, api_key=self.api_key, timeout=self.timeout_seconds, max_retries=0)


@contextmanager
def our_errors(endpoint: Endpoint) -> Iterator[None]:
    """Raises ProviderUnavailable where a retry may help, ProviderRefused where it will not."""
    import openai

    try:
        yield
    except (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError) as error:
        raise ProviderUnavailable(f"{endpoint.base_url} did not answer: {type(error).__name__}") from error
    except openai.APIStatusError as error:
        raise ProviderRefused(f"{endpoint.base_url} refused with {error.status_code}") from error
    except openai.OpenAIError as error:
        raise ProviderUnavailable(f"{endpoint.base_url} answered nonsense: {type(error).__name__}") from error
