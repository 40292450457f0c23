"""What a customer does: starts a conversation, says something, leaves.

Taken as modules: `receive.start_chat(...)`.
"""
