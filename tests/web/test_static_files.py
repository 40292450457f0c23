"""The screens are plain files: every import resolves, nothing comes from elsewhere, nothing needs a looser policy."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "screens"
VENDOR = SCREENS / "kit" / "vendor"

MODULES = sorted(path for path in SCREENS.rglob("*.js") if VENDOR not in path.parents)
SHEETS = sorted(SCREENS.rglob("*.css"))
HTML = sorted(SCREENS.rglob("*.html"))

IMPORT = re.compile(r"^\s*(?:import|export)\b[^'\"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'", re.MULTILINE)
REFERENCE = re.compile(r"""(?:src|href)="([^"#][^"]*)\"""")
ROUTES = {"/", "/desk", "/supervisor", "/sign-in", "/setup", "/widget.js"}
SVG_NAMESPACE = "http://www.w3.org/2000/svg"


def name(path: Path) -> str:
    return str(path.relative_to(SCREENS))


def served(path: str) -> Path:
    return SCREENS / path.removeprefix("/static/")


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_every_import_is_a_file_of_ours(module: Path) -> None:
    for match in IMPORT.finditer(module.read_text()):
        target = match[1] or match[2]
        found = served(target) if target.startswith("/static/") else (module.parent / target)
        assert found.resolve().is_file(), f"{name(module)} imports {target!r}"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_names_imported_from_lit_are_in_the_vendored_file(module: Path) -> None:
    exported = (VENDOR / "lit.js").read_text().rsplit("export{", 1)[1]
    names = {part.split(" as ")[-1].strip(" };\n") for part in exported.split(",")}
    for match in re.finditer(r"import \{([^}]*)\} from '[^']*vendor/lit\.js'", module.read_text()):
        asked = {part.strip() for part in match[1].split(",")}
        assert asked <= names, f"{name(module)} asks lit for {asked - names}; see tools/vendor-lit.md"


@pytest.mark.parametrize("page", HTML, ids=name)
def test_pages_need_only_files_and_pages_of_ours(page: Path) -> None:
    for target in REFERENCE.findall(page.read_text()):
        path = target.split("#")[0]
        assert path in ROUTES or (path.startswith("/static/") and served(path).is_file()), f"{name(page)}: {target!r}"


@pytest.mark.parametrize("file", [*MODULES, *SHEETS, *HTML], ids=name)
def test_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    text = "\n".join(line for line in file.read_text().splitlines() if not line.lstrip().startswith(("//", "*", "/*")))
    for url in re.findall(r"""(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s"'`)]*""", text):
        assert url.startswith(SVG_NAMESPACE), f"{name(file)} names {url!r}"
    assert "@import" not in text


@pytest.mark.parametrize("page", HTML, ids=name)
def test_pages_run_no_inline_script(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "the policy allows scripts from files only"
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", text), "an inline handler is refused by the policy"
    assert "javascript:" not in text
    # A page that does not say its language is spoken for by its script: kit/language.js.
    assert re.search(r'<html( lang="[a-zA-Z-]+")?>', text)
    assert "width=device-width" in text


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_modules_need_no_looser_policy(module: Path) -> None:
    text = module.read_text()
    for word in (
        "eval(",
        "new Function",
        "innerHTML",
        "unsafeHTML",
        "insertAdjacentHTML",
        "document.write",
        "onclick=",
    ):
        assert word not in text, f"{name(module)} uses {word}"


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_modules_stay_small_and_say_what_they_are(module: Path) -> None:
    lines = module.read_text().splitlines()
    assert lines[0].startswith("//")
    assert len(lines) <= 420, "look for a second idea inside"


def test_the_library_is_vendored_with_its_licence() -> None:
    licence = (VENDOR / "lit.LICENSE").read_text()
    assert "BSD 3-Clause License" in licence
    banner = (VENDOR / "lit.js").read_text().splitlines()[0]
    version = re.search(r"Lit (\d+\.\d+\.\d+)", banner)
    assert version
    assert f"lit@{version[1]}" in (ROOT / "tools" / "vendor-lit.md").read_text()


def test_the_keyboard_page_lists_every_shortcut() -> None:
    source = (SCREENS / "desk" / "keyboard.js").read_text()
    strings = (SCREENS / "desk" / "keyboard-strings.js").read_text()
    page = (ROOT / "docs" / "reference" / "keyboard.md").read_text()
    words = {name: text or quoted for name, text, quoted in re.findall(r"""(\w+): (?:'([^']+)'|"([^"]+)"),""", strings)}
    shortcuts = re.findall(r"keys: '([^']+)', does: '(\w+)'", source)
    assert len(shortcuts) == source.count("keys: '") > 20
    for keys, does in shortcuts:
        assert f"| {keys} | {words[does]} |" in page


def test_the_keyboard_page_lists_every_key_of_the_inbox() -> None:
    source = (SCREENS / "supervisor" / "intents" / "keyboard.js").read_text()
    page = (ROOT / "docs" / "reference" / "keyboard.md").read_text()
    shortcuts = re.findall(r"""keys: '([^']+)', does: '([^']+)'""", source)
    assert len(shortcuts) == source.count("keys: '") >= 10
    for keys, does in shortcuts:
        assert f"| {keys} | {does} |" in page


# ---------------------------------------------------------------- contrast

TOKEN = re.compile(r"--([a-z0-9-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));")
TOKENS = {
    found[1]: (found[2] or found[4], found[3] or found[4])
    for found in TOKEN.finditer((SCREENS / "kit" / "tokens.css").read_text())
}

TEXT_ON = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft")
        for ground in ("ground", "surface", "raised", "sunken", "hover", "theirs")
    ],
    *[("ink-faint", ground) for ground in ("ground", "surface", "raised", "hover", "sunken")],
    *[("ink", ground) for ground in ("agent-soft", "note-soft", "accent-soft", "bad-soft", "warn-soft")],
    *[("ink-soft", ground) for ground in ("accent-soft", "agent-soft")],
    *[(tone, f"{tone}-soft") for tone in ("agent", "note", "good", "warn", "bad")],
    *[
        (tone, ground)
        for tone in ("accent", "agent", "good", "warn", "bad")
        for ground in ("ground", "surface", "raised")
    ],
    ("accent-strong", "accent-soft"),
    ("accent-strong", "surface"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bad", "bad-fill"),
    ("on-mine", "mine"),
]
LINES_ON = [("line-strong", "surface"), ("line-strong", "ground"), ("accent", "surface"), ("idle", "surface")]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_meets_aa(ink: str, ground: str, side: int) -> None:
    assert contrast(TOKENS[ink][side], TOKENS[ground][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES_ON)
def test_lines_of_controls_can_be_seen(line: str, ground: str, side: int) -> None:
    assert contrast(TOKENS[line][side], TOKENS[ground][side]) >= 3
