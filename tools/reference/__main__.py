"""The command line: write the pages, or check that they are up to date."""

import sys

from tools.reference.pages import REFERENCE, ROOT, stale, written


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    if arguments == ["--check"]:
        names = stale()
        for name in names:
            print(f"{name} is not what the code says; run: make docs", file=sys.stderr)
        return 1 if names else 0
    if arguments:
        print("usage: python -m tools.reference [--check]", file=sys.stderr)
        return 2
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, text in written().items():
        path.write_text(text)
        print(path.relative_to(ROOT))
    return 0


sys.exit(main(sys.argv[1:]))
