"""An import-linter contract: from another room, only a room's face is imported.

A face is a package's `__init__`. What stands behind it may move; what others take is what the face exports. Verbs of
`actions/` and the wire are read better as `operate.note(...)`, `w.Play(...)`: such modules are named in `open_modules`
(`*` stands for one part of a name). Imported late on purpose are those in `late_modules`, because a model or a vendor's
library hangs on them.
"""

from fnmatch import fnmatchcase

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FacesContract(Contract):
    """Broken by an import of a module behind the face of another room."""

    type_name = "faces"

    open_modules = fields.ListField(subfield=fields.StringField())
    late_modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Every direct import between two rooms."""
        allowed = [*self.open_modules, *self.late_modules]  # type: ignore[misc]
        broken: list[tuple[str, str, int]] = []
        for importer in graph.modules:
            room = importer.split(".", maxsplit=1)[0]
            for imported in graph.find_modules_directly_imported_by(importer):
                is_ours = not graph.is_module_squashed(imported) and imported.split(".", maxsplit=1)[0] != room
                if not is_ours or "." not in imported or graph.find_children(imported):
                    continue
                if not any(_is_like(imported, one) for one in allowed):
                    details = graph.get_import_details(importer=importer, imported=imported)
                    broken.append((importer, imported, details[0]["line_number"]))
        return ContractCheck(kept=not broken, metadata={"broken": sorted(broken)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, line in check.metadata["broken"]:
            face = imported.rsplit(".", 1)[0]
            output.print_error(f"{importer}:{line} reaches past the face of {face}: import {imported} from {face}.")


def _is_like(name: str, pattern: str) -> bool:
    parts, wanted = name.split("."), pattern.split(".")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))
