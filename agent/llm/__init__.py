"""The optional language model: asked for a wording, a reading or a summary, and believed only where grounded."""
