"""The AI: given a conversation and what was just heard, what to do next.

`Agent.decide` is a function from values to a value. The room holds no socket, no session and no clock; tools are
Rasa SDK actions run by `agent.tools`, and what must be right (identity, disclosure, escalation, numbers) is
deterministic code.
"""
