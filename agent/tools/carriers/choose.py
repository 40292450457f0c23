"""Which carrier a declared tool goes by."""

from agent.tools.carriers.outside import Call
from json_object import JsonObject


async def carry_out(call: Call) -> JsonObject:
    """What the other side answers, unchecked. Raises ToolFailed."""
    # Each brings packages that a centre without such tools need not load.
    if call.tool.http is not None:
        from agent.tools.carriers.http import request

        return await request(call)
    if call.tool.rasa is not None:
        from agent.tools.carriers.rasa_server import run_action

        return await run_action(call)
    from agent.tools.carriers.mcp_server import call_tool

    return await call_tool(call)
