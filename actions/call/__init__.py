"""What happens to a voice call: it opens, is heard, waits, ends; and what operators do with it.

Taken as modules: `consult.hold(...)`.
"""
