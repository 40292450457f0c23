"""Looking for new intents: what was not understood is gathered and grouped into proposals."""
