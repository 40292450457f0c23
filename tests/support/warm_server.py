"""A server that starts at once: `python -m tests.support.warm_server` imports everything, then forks.

Each line on standard input starts one: the command line of app.py, in a process of its own, with the agent's built-in
intents only, and a hurried voice where it is scripted. Its process id is printed, and after its end its exit status.
Settings come from the environment.
"""

import functools
import os
import signal
import sys

import app
import speech.providers
from speech.scripted import ScriptedVoice
from tests.support.simulation import agent_without_models, without_models


def main() -> None:
    """Serve, one after the other, until standard input ends."""
    agent_without_models()
    vars(speech.providers)["ScriptedVoice"] = functools.partial(ScriptedVoice, seconds_per_letter=0.006)
    app.create_app = functools.partial(app.create_app, think=without_models)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(app.main([]))
        print(pid, flush=True)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main()
