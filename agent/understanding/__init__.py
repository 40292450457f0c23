"""What a customer's turn means: its plain text, acts, values, wishes, questions, language and urgency.

`Understander` does what needs a model, once a turn; everything else here is pure functions over text. Nothing in this
room knows procedures, tools or what has been said before, but `commands`, which reads one turn in its conversation.
"""
