"""Numbers as English words, British style ("one hundred and five")."""

_SMALL = (  # noqa: SIM905 - words read best as words
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_IRREGULAR_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LARGEST = 10**12 - 1


def cardinal(number: int) -> str:
    """ "one thousand two hundred and five". Raises ValueError beyond 999,999,999,999."""
    if abs(number) > LARGEST:
        raise ValueError(f"no words for {number!r}")
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number < 100:
        return _below_hundred(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {_below_hundred(rest)}" if rest else "")
    for scale, word in _SCALES:
        if number >= scale:
            count, rest = divmod(number, scale)
            joint = " and " if 0 < rest < 100 else " "
            return f"{cardinal(count)} {word}" + (f"{joint}{cardinal(rest)}" if rest else "")
    raise AssertionError(number)


def ordinal(number: int) -> str:
    """ "twenty-first"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _IRREGULAR_ORDINALS:
        return words[:cut] + _IRREGULAR_ORDINALS[last]
    return words[:cut] + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """ "twenty twenty-six", "two thousand and seven", "nineteen oh five"."""
    century, rest = divmod(number, 100)
    if 2000 <= number <= 2009:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} " + (f"oh {_SMALL[rest]}" if rest < 10 else _below_hundred(rest))


def decimal(text: str) -> str:
    """Words of figures with an optional point: "12.5" is "twelve point five". Commas are grouping."""
    whole, _, fraction = text.replace(",", "").partition(".")
    words = cardinal(int(whole or "0"))
    return f"{words} point {digit_by_digit(fraction)}" if fraction else words


def digit_by_digit(figures: str) -> str:
    """ "four four seven one"; anything but a figure is passed over."""
    return " ".join(_SMALL[int(figure)] for figure in figures if figure.isdigit())


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[rest]}" if rest else "")
