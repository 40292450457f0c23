"""The customer's door: the chat socket and its protocol."""
