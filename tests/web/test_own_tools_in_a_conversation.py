"""A business's own tool inside a procedure: its answer is told; when it fails, what was done before is taken back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.centre import AgentRuntime
from agent.pack import parse_pack, read_pack
from agent.procedures.load import read_procedures
from agent.tools import Tools
from agent.tools.declared import parse_tools
from storage.checks import FailedChecks
from tests.agent.test_own_tools import garages
from tests.support.live import Live

__all__ = ["garages"]

DEMO = Path("demo/insurer")
PROCEDURE = """procedures:
  - id: windscreen_repair
    noun: a windscreen
    questions_first: false
    steps:
      - identify: customer
      - tool: create_claim
        with: {subject: '"Glass"', details: '"Windscreen"', policy_number: '"4410281"'}
        as: claim
        undo: close_case
      - tool: find_garages
        with: {postcode: '"HB3"'}
        as: garage
      - say: "Claim {claim.number}. {garage.name} will ring you."
"""


def served_by(live: Live, address: str) -> AgentRuntime:
    before = live.centre.runtime
    tool = {"name": "find_garages", "label": "looked for a garage", "needs": "nobody", "http": {"url": address}}
    own = {"tools": [{**tool, "arguments": {"postcode": "string"}, "result": {"name": "string"}}]}
    pack = {name: content for name, content in read_pack(DEMO).items() if not name.startswith("procedures/")}
    read = parse_pack({**pack, "tools.yaml": own, "procedures/own.yaml": read_procedures("own.yaml", PROCEDURE)})
    agent = replace(before.agent, procedures={**before.agent.procedures, "windscreen_repair": read.procedures[0]})
    server = live.app.state.server
    tools = Tools(server.crm, FailedChecks(server.database), parse_tools(own))
    return AgentRuntime(agent, before.understanding, tools)


@pytest.fixture
async def claiming(live: Live) -> AsyncIterator[Any]:
    before = live.centre.runtime
    yield
    live.centre.use_agent(before)


async def claim(live: Live) -> tuple[str, str]:
    async with live.chat() as customer:
        await customer.ask("my windscreen is cracked, can you get it repaired, policy 4410281")
        told = (await customer.ask("14 September 1987"))["text"]
        return told, customer.conversation_id


async def test_what_the_tool_answers_is_told(live: Live, garages: str, claiming: Any) -> None:
    live.centre.use_agent(served_by(live, f"{garages}/near/{{postcode}}"))
    told, _ = await claim(live)
    assert "Dawson's will ring you" in told


async def test_when_the_tool_fails_the_claim_before_it_is_taken_back_and_a_person_goes_on(
    live: Live, garages: str, claiming: Any
) -> None:
    live.centre.use_agent(served_by(live, f"{garages}/page"))
    told, conversation_id = await claim(live)
    state = await live.centre.store.reload(conversation_id)
    assert "sorry" in told
    assert [action.tool for action in state.actions if action.is_ok][-2:] == ["create_claim", "close_case"]
    assert state.stage == "queued"
