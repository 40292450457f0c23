"""What the agent does about a wish: procedures as data, and the interpreter that walks them.

A procedure is a list of steps a business user can read. The interpreter is pure: conversation, values and tool results
go in, the next thing to say, ask, use or hand over comes out. It holds nothing between turns; what was done is in the
conversation's events.
"""
