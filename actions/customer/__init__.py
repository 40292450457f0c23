"""What a customer does: starts a conversation, says something, leaves."""
