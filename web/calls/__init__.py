"""The doors of voice: a customer's and an operator's socket, recordings."""
