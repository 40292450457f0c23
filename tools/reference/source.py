"""What the source says beside the code: docstrings of classes, and the strings under their fields."""

import ast
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class Documented:
    """One class as its source documents it."""

    doc: str
    """Its docstring as one paragraph; empty for none."""
    fields: dict[str, str]
    """Text under each field, by name, in the order written; empty for none."""


def documented(module: ModuleType) -> dict[str, Documented]:
    """Every class of a module, in the order written."""
    if module.__file__ is None:
        raise ValueError(f"{module.__name__!r} has no source file")
    tree = ast.parse(Path(module.__file__).read_text())
    return {node.name: _class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _class(node: ast.ClassDef) -> Documented:
    fields: dict[str, str] = {}
    previous = ""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            previous = statement.target.id
            fields[previous] = ""
        elif previous and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            fields[previous] = _one_line(str(statement.value.value))
            previous = ""
        else:
            previous = ""
    return Documented(_one_line(ast.get_docstring(node) or ""), fields)


def _one_line(text: str) -> str:
    return " ".join(text.split())
