"""Servers of other firms, run as processes: an HTTP service, a Rasa action server, an MCP server."""
