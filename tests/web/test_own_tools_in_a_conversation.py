"""A business's own tool inside a procedure: its answer is told; when it fails, what was done before is taken back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import AgentRuntime, IdentityGuard
from agent import parse_pack, read_pack
from agent.procedures.rasa_flows import import_flows
from agent.tools import Tools
from agent.tools.declared import parse_tools
from storage.people import FailedChecks
from tests.agent.test_own_tools import garages, listening
from tests.support.live import Live
from tests.support.process import free_port

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
      - say: "CapacityClaim {claim.number}. {garage.name} will ring you."
"""


def served_by(live: Live, address: str) -> AgentRuntime:
    tool = {"name": "find_garages", "label": "looked for a garage", "needs": "nobody", "http": {"url": address}}
    own = {"tools": [{**tool, "arguments": {"postcode": "string"}, "result": {"name": "string"}}]}
    return running_with(live, own, PROCEDURE)


def running_with(live: Live, own: dict[str, Any], procedure: str) -> AgentRuntime:
    """The demonstration's agent with this procedure of "windscreen_repair", and these tools beside its own."""
    before = live.centre.agent_slot.runtime
    pack = {name: content for name, content in read_pack(DEMO).items() if not name.startswith("procedures/")}
    read = parse_pack({**pack, "tools.yaml": own, "procedures/own.yaml": procedure})
    agent = replace(before.agent, procedures={**before.agent.procedures, "windscreen_repair": read.procedures[0]})
    server = live.app.state.server
    tools = Tools(server.crm, IdentityGuard(FailedChecks(server.database)), parse_tools(own))
    return AgentRuntime(agent, before.understanding, tools)


@pytest.fixture
async def claiming(live: Live) -> AsyncIterator[Any]:
    before = live.centre.agent_slot.runtime
    yield
    live.centre.agent_slot.use(before)


async def claim(live: Live) -> tuple[str, str]:
    async with live.chat() as customer:
        await customer.ask("my windscreen is cracked, can you get it repaired, policy 4410281")
        told = (await customer.ask("14 September 1987"))["text"]
        return told, customer.conversation_id


async def test_what_the_tool_answers_is_told(live: Live, garages: str, claiming: Any) -> None:
    live.centre.agent_slot.use(served_by(live, f"{garages}/near/{{postcode}}"))
    told, _ = await claim(live)
    assert "Dawson's will ring you" in told


FLOW = """
windscreen_repair:
  name: a windscreen
  steps:
    - collect: postcode
    - action: action_find_garage
      next:
        - if: slots.name
          then:
            - action: utter_garage
              next: END
        - else:
            - link: pattern_human_handoff
"""
DOMAIN = """
slots: {postcode: {type: text}, name: {type: text}}
responses:
  utter_ask_postcode: [{text: "Which postcode is the car at?"}]
  utter_garage: [{text: "{name} will mend it."}]
"""


async def test_a_flow_written_for_rasa_is_lived_through_with_its_own_action_server(live: Live, claiming: Any) -> None:
    port = free_port()
    actions = ["--actions", "tests.support.outside.rasa_actions", "--port", str(port)]
    async with listening("-m", "rasa_sdk", *actions, port=port) as address:
        found = import_flows(yaml.safe_load(FLOW), yaml.safe_load(DOMAIN), f"{address}/webhook")
        assert (found.refused, found.notes) == ([], [])
        own = {"tools": [*found.tools.values()]}
        procedure = {**found.procedures[0], "questions_first": False}
        live.centre.agent_slot.use(running_with(live, own, yaml.safe_dump({"procedures": [procedure]})))
        async with live.chat() as customer:
            asked = await customer.ask("my windscreen is cracked, can you get it repaired, policy 4410281")
            assert "Which postcode" in asked["text"]
            asked = await customer.ask("HB3 1AA")
            assert "date of birth" in asked["text"]
            told = await customer.ask("14 September 1987")
            assert "Dawson's near HB3 1AA will mend it" in told["text"]


async def test_when_the_tool_fails_the_claim_before_it_is_taken_back_and_a_person_goes_on(
    live: Live, garages: str, claiming: Any
) -> None:
    live.centre.agent_slot.use(served_by(live, f"{garages}/page"))
    told, conversation_id = await claim(live)
    state = await live.centre.store.reload(conversation_id)
    assert "sorry" in told
    assert [action.tool for action in state.record.actions if action.is_ok][-2:] == ["create_claim", "close_case"]
    assert state.owner.stage == "queued"
