"""Text as it is read aloud: money, times, dates, phone numbers, reference codes and addresses become words.

Voices differ in what they can read ("$49.99" comes out wrong from two of four), so every one gets plain words. English.
"""

from speech.normalise.spoken import spoken_text

__all__ = ["spoken_text"]
