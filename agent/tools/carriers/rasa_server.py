"""A tool that is a custom action on a Rasa action server: the webhook `rasa run actions` serves."""

from agent.tools.carriers.http import request
from agent.tools.carriers.outside import Call, ToolFailed
from agent.tools.declared import DeclaredTool, Http
from json_object import JsonObject


def tracker(conversation_id: str, slots: JsonObject) -> JsonObject:
    """What Rasa's actions expect to be told of a conversation."""
    return {
        "sender_id": conversation_id,
        "slots": slots,
        "latest_message": {},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": None,
    }


async def run_action(call: Call) -> JsonObject:
    """The slots the action sets. Raises ToolFailed."""
    server = call.tool.rasa
    assert server is not None
    body: JsonObject = {
        "next_action": server.action or call.tool.name,
        "sender_id": call.conversation_id,
        "tracker": tracker(call.conversation_id, call.arguments | {"idempotency_key": call.key}),
        "domain": {},
    }
    post = DeclaredTool.model_construct(name=call.tool.name, timeout=call.tool.timeout, http=_post(str(server.url)))
    answer = await request(Call(post, body, call.key, call.conversation_id))
    events = answer.get("events")
    if not isinstance(events, list):
        raise ToolFailed("answered no events")
    return {
        str(event["name"]): event.get("value")
        for event in events
        if isinstance(event, dict) and event.get("event") == "slot" and "name" in event
    }


def _post(url: str) -> Http:
    return Http(url=url, method="POST")
