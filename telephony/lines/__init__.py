"""Calls as lines: who is on which call, lines that are lost and come back, what is sent to a device."""
