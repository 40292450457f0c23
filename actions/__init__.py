"""Everything that can happen to a conversation, one verb a file: check, append, commit, publish.

All change goes through here; doors (web, telephony) call these functions and nothing else.
"""
