"""The operators' door: the desk socket, its protocol, what a desk is shown."""
