"""English words that tell whether a text breaks off, answers, greets, or is only a backchannel. Plain data."""
# ruff: noqa: SIM905 - a list of words reads best as words

ALWAYS_OPEN = frozenset(
    """and or but so because cause if when while although unless until than whether as a an the my your his her our
    their its every um uh uhm er erm hmm ah like i i'm i've i'd i'll we we're we've they're he's she's you're you've
    there's gonna wanna""".split()
)
"""no finished turn ends in these"""
OPEN_IN_STATEMENTS = frozenset(
    """to of for with from at by about into onto in on is are was were am be been do does did has have had can could
    would will should might must not who which that's it's what's very really just also""".split()
)
"""these end a question but hardly a statement: "what is it for?" """
OPEN_TAILS = (
    "kind of",
    "sort of",
    "such as",
    "due to",
    "my name is",
    "number is",
    "i want",
    "i need",
    "let me",
    "you please",
    "i was wondering",
    "i'm calling",
    "i am calling",
)
"""endings of more than one word that promise more"""
GREETINGS = frozenset("hi hello hey good morning afternoon evening there".split())
"""a turn of nothing else is the beginning of one"""
YES = frozenset("yes yeah yep yup sure correct absolutely definitely exactly right certainly okay ok fine".split())
NO = frozenset("no nope nah never".split())
ANSWER_PADDING = frozenset(
    """please thanks thank you that's that is isn't it of course it's i i'm am was we do don't did didn't have haven't
    can can't would not""".split()
)
"""what may stand around a yes or a no without adding anything"""
BACKCHANNELS = frozenset(
    """mm mhm hm hmm mmhm uh huh uhhuh ah oh okay ok right yeah yes yep sure great cool i see got it alright
    good""".split()
)
"""what listeners say without wanting the turn; an answer only when a question was asked"""
FIGURES = {
    "zero": 1,
    "oh": 1,
    "o": 1,
    "nought": 1,
    "one": 1,
    "two": 1,
    "three": 1,
    "four": 1,
    "five": 1,
    "six": 1,
    "seven": 1,
    "eight": 1,
    "nine": 1,
    "ten": 2,
    "eleven": 2,
    "twelve": 2,
    "thirteen": 2,
    "fourteen": 2,
    "fifteen": 2,
    "sixteen": 2,
    "seventeen": 2,
    "eighteen": 2,
    "nineteen": 2,
}
"""how many figures each number word writes"""
