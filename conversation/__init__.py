"""What a conversation is: its events, the state they fold to, and the feed that tells others about them.

Pure values and one publish/subscribe port. This room never stores, never sends and never decides.
"""
