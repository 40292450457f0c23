"""The wing that CONTRIBUTING shows is one: it loads, serves, refuses and works."""

import re
from pathlib import Path
from typing import Any

from server import Server
from tests.conftest import Start
from web.kit import Wing

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r"^<!-- wing -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


async def test_the_example_wing_loads_and_serves(start: Start) -> None:
    found = EXAMPLE.search((ROOT / "CONTRIBUTING.md").read_text())
    assert found
    assert len(found[1].splitlines()) < 60
    names: dict[str, Any] = {"__name__": "example_wing"}
    exec(compile(found[1], "CONTRIBUTING.md", "exec"), names)
    wings: list[Wing] = []

    def make(server: Server) -> Wing:
        wings.append(names["ratings_wing"](server.centre))
        return wings[0]

    async with start(further=[make]) as live, live.chat() as customer, live.browser() as browser:
        path = f"/api/ratings/{customer.conversation_id}"
        early = await browser.post(path, json={"stars": 5})
        assert (early.status_code, early.json()["detail"]) == (409, "You can rate us once the conversation is over.")
        await customer.send("end")
        await customer.stage("closed")
        assert (await browser.post(path, json={"stars": 6})).status_code == 422
        assert (await browser.post(path, json={"stars": 5})).status_code == 204
        [worker] = wings[0].workers
        await worker.once()
        assert worker.health.is_well
        health = (await browser.get("/healthz")).json()
        assert "ratings" in {one["name"] for one in health["workers"]}
