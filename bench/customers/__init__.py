"""Scripted customers played against the agent in this process, judged by the state they reached."""
