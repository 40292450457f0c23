"""YAML, safe and quick: libyaml reads the marks, Python builds the values.

PyYAML's own C loader builds the values in C too and overruns its stack on "[[[[..." of a stranger; this one ends such a
text with a RecursionError, as the loader in Python does, and reads a tenant's files in an eighth of its time.
"""

from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

if yaml.__with_libyaml__:
    from yaml import cyaml

    class SafeLoader(Composer, cyaml.CParser, SafeConstructor, Resolver):  # type: ignore[misc,name-defined]
        """As yaml.SafeLoader."""

        def __init__(self, stream: Any) -> None:
            cyaml.CParser.__init__(self, stream)  # type: ignore[attr-defined]
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)

else:
    from yaml import SafeLoader  # type: ignore[assignment]


def load_yaml(text: str, loader: type[Any] = SafeLoader) -> Any:
    """What the text says, by this loader or one made of it.

    Raises yaml.YAMLError for what is not YAML, RecursionError for what is nested too deep.
    """
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - safe loaders only
    except UnicodeEncodeError as error:  # half a surrogate pair
        raise yaml.YAMLError("a character that is none") from error
