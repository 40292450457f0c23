"""Sound that is no speech of the agent: the mixer, the hold sound, lines rendered beforehand, the recording."""
