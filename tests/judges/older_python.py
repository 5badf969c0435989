"""Rewrites an installed emupos so that Python 3.11 and 3.12 can read it; on 3.13 it changes nothing.

Three notations are newer than 3.11: `type X = ...`, functions with a type parameter of their own, and the same
quotes inside an f-string as around it. None of them changes what the program does.
"""

import compileall
import importlib.util
import re
import sys
from pathlib import Path

ALIAS = re.compile(r"^type (\w+ =)", re.MULTILINE)
GENERIC = re.compile(r"^(\s*(?:async )?def \w+)\[(\w+)\]\(", re.MULTILINE)
QUOTES = """value.replace("'", "''")"""
SAME_WITHOUT_QUOTES = "value.replace(chr(39), chr(39) * 2)"
FIRST_IMPORT = re.compile(r"^(?=from |import )", re.MULTILINE)


def rewritten(source: str) -> str:
    """The same program in older notation."""
    parameters = sorted({match[2] for match in GENERIC.finditer(source)})
    source = ALIAS.sub(r"\1", source)
    source = GENERIC.sub(r"\1(", source)
    source = source.replace(QUOTES, SAME_WITHOUT_QUOTES)
    if parameters:
        lines = [f'{name} = TypeVar("{name}")' for name in parameters]
        declared = "\n".join(["from typing import TypeVar", *lines, "", ""])
        source = FIRST_IMPORT.sub(declared, source, count=1)
    return source


def main() -> int:
    """Rewrites the package this interpreter would import."""
    if sys.version_info >= (3, 13):
        return 0
    found = importlib.util.find_spec("emupos")
    if found is None or found.origin is None:
        sys.exit("older_python.py: emupos is not installed here")
    package = Path(found.origin).parent
    for file in package.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        if (older := rewritten(source)) != source:
            file.write_text(older, encoding="utf-8")
    if not compileall.compile_dir(package, quiet=1):
        sys.exit("older_python.py: this emupos is in a notation it does not know")
    return 0


if __name__ == "__main__":
    sys.exit(main())
