"""How much one socket may send. What one source may ask for stands in sources.py."""

MESSAGES_PER_SECOND = 5.0
MESSAGE_BURST = 20.0
REFUSALS_PER_SECOND = 1.0
REFUSAL_BURST = 100.0
"""A socket that goes on flooding after so many refusals is closed."""
