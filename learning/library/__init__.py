"""The library in versions: changed, followed by the models, trained for, judged."""
