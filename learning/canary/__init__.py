"""New intents on trial: widened, or rolled back where conversations go worse."""
