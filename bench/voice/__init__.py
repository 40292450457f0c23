"""How fast a spoken conversation is: recordings of people, played in real time through real websockets.

The same callers call three servers, each a process of its own: ours, a naive chain and a Pipecat pipeline. Timed is
what a caller would notice: from the end of speech to the first sound that can be heard. Nothing here is shipped to
users; docs/reference/voice-bench.md says how each figure is measured.
"""
