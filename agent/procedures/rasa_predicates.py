"""Conditions as Rasa writes them ("slots.age < 18 and not slots.is_member"), in the expression language here."""

import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(r"""\s*+("[^"]*"|'[^']*'|<=|>=|!=|==|=|<|>|\(|\)|-?\d+(?:\.\d+)?|[\w.]+)""")
_COMPARES = {"=": "==", "==": "==", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "is": "=="}
_NOTHING = frozenset({"null", "none", "undefined", "empty"})
_JOINS = {"and": " && ", "or": " || "}


class PredicateInvalid(Exception):
    """The condition is not in the documented form; the message shows it."""


def to_cel(predicate: str, kinds: Mapping[str, str], value: Callable[[str], str]) -> str:
    """`kinds`: Rasa's type of each slot; `value`: the expression for a slot. Raises PredicateInvalid."""
    return _Reader(predicate, kinds, value).read()


class _Reader:
    def __init__(self, predicate: str, kinds: Mapping[str, str], value: Callable[[str], str]) -> None:
        self._predicate, self._kinds, self._value = predicate, kinds, value
        self._tokens: list[str] = _TOKEN.findall(predicate)
        if "".join(self._tokens) != re.sub(r"\s+(?=(?:[^'\"]|'[^']*'|\"[^\"]*\")*$)", "", predicate):
            self._fail()

    def read(self) -> str:
        found = self._either()
        if self._tokens:
            self._fail()
        return found

    def _fail(self) -> None:
        raise PredicateInvalid(f"the condition {self._predicate!r} is not of the documented form")

    def _take(self) -> str:
        if not self._tokens:
            self._fail()
        return self._tokens.pop(0)

    def _is_next(self, *words: str) -> bool:
        return bool(self._tokens) and self._tokens[0].lower() in words

    def _either(self) -> str:
        found = self._one()
        while self._is_next(*_JOINS):
            found += _JOINS[self._take().lower()] + self._one()
        return found

    def _one(self) -> str:
        if self._is_next("not"):
            self._take()
            return f"!({self._one()})"
        if self._is_next("("):
            self._take()
            found = self._either()
            if self._take() != ")":
                self._fail()
            return f"({found})"
        left = self._take()
        if self._is_next("contains", "matches"):
            how, right = self._take().lower(), self._operand(self._take())
            return f"({self._operand(left)} != null && {self._operand(left)}.{how}({right}))"
        if self._is_next(*_COMPARES):
            operator = _COMPARES[self._take().lower()]
            if operator == "==" and self._is_next("not"):
                self._take()
                operator = "!="
            return f"{self._operand(left)} {operator} {self._operand(self._take())}"
        if left.lower() in ("true", "false"):
            return left.lower()
        is_yes_no = self._kinds.get(_slot(left)) == "bool"
        return f"{self._operand(left)} == true" if is_yes_no else f"{self._operand(left)} != null"

    def _operand(self, token: str) -> str:
        if token[0] in "'\"":
            return '"{}"'.format(token[1:-1].replace("\\", "\\\\").replace('"', '\\"'))
        if token.lower() in _NOTHING:
            return "null"
        if token.lower() in ("true", "false") or re.fullmatch(r"-?\d+(\.\d+)?", token):
            return token.lower()
        if not re.fullmatch(r"(?:slots\.)?[A-Za-z_]\w*", token):
            self._fail()
        return self._value(_slot(token))


def _slot(token: str) -> str:
    return token.removeprefix("slots.")
