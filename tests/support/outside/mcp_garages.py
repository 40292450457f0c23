"""An MCP server that knows garages: over standard input by default, over HTTP with a port as the argument."""

import os
import sys
from typing import Any

from mcp.server.mcpserver import MCPServer

server = MCPServer("garages")


@server.tool()
def find_garage(postcode: str) -> dict[str, Any]:
    """The nearest garage."""
    return {"name": f"Dawson's near {postcode}", "phone": "01632 960111"}


@server.tool()
def breaks(postcode: str) -> dict[str, Any]:
    """Fails."""
    raise RuntimeError("boom")


@server.tool()
def dies(postcode: str) -> dict[str, Any]:
    """Ends the whole server in the middle of the call."""
    os._exit(1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
    else:
        server.run("stdio")
