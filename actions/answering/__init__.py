"""How the agent answers: a turn is understood, decided, its tools are run, and all of it is appended; the agent is
built here.
"""
