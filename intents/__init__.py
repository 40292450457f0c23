"""What the customer wants: the library of intents, their recognition, discovery, replay and review as pure functions.

The room receives values (texts, vectors, libraries, models) and returns values. It keeps nothing: storage, screens and
the live conversation belong to other rooms.
"""
