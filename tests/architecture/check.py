#!/usr/bin/env python3
"""Compares the #include lines of lib/, tools/ and tests/ with the tables of lib/README.md.

usage: check.py SOURCE_DIRECTORY
Prints every include that the tables do not allow, and ends with 1 if there is one.
"""

import collections
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
NAMES = re.compile(r"`([^`]+)`")


def read_tables(readme):
    """The rows of all tables as {title of the first column: {first cell: set of names in the last cell}}."""
    tables = collections.defaultdict(dict)
    title = None
    for line in readme.read_text().splitlines():
        if not line.startswith("|"):
            title = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if title is None:
            title = cells[0]
        elif not set(cells[0]) <= {"-"}:
            tables[title][cells[0].strip("`")] = set(NAMES.findall(cells[-1]))
    return tables


class Checker:
    def __init__(self, root):
        self.root = root
        tables = read_tables(root / "lib/README.md")
        self.rooms = tables["Room"]
        self.folders = tables["Folder"]
        self.outside = tables["Header"]
        self.files = sorted(
            path
            for top in ("lib", "tools", "tests")
            for path in (root / top).rglob("*")
            if path.suffix in (".h", ".cc")
        )
        self.complaints = []

    def complain(self, path, text):
        self.complaints.append(f"{path.relative_to(self.root)}: {text}")

    def place_of(self, path):
        """(name in the table of headers, what may be included) of a file."""
        parts = path.relative_to(self.root).parts
        if parts[0] == "lib":
            allowed = self.rooms.get(parts[1])
            return parts[1], None if allowed is None else allowed | {parts[1]}
        if parts[0] == "tools":
            allowed = self.folders.get("/".join(parts[:2]))
            return "tools", None if allowed is None else allowed | {parts[1]}
        return "tests", set(self.rooms)

    def check_own(self, path, name, allowed, target):
        first = target.split("/")[0]
        if "/" not in target:
            if not (path.parent / target).is_file():
                self.complain(path, f'includes "{target}", which is not beside it')
        elif name == "tests" and (self.root / "tests" / target).is_file():
            return
        elif first not in allowed:
            self.complain(path, f'includes "{target}"; lib/README.md does not allow `{first}` there')

    def check_outside(self, path, name, target):
        for prefix, places in self.outside.items():
            if not target.startswith(prefix):
                continue
            if name not in places:
                self.complain(path, f"includes <{target}>, which belongs to {', '.join(sorted(places))}")
            return path.suffix == ".h" and name in self.rooms
        return False

    def run(self):
        private, users = set(), collections.defaultdict(set)
        for path in self.files:
            name, allowed = self.place_of(path)
            if allowed is None:
                self.complain(path, "is in a folder that lib/README.md does not list")
                continue
            for own, outside in INCLUDE.findall(path.read_text()):
                if own:
                    self.check_own(path, name, allowed, own)
                    users[own].add((path, name))
                elif self.check_outside(path, name, outside):
                    private.add(str(path.relative_to(self.root / "lib")))
        for header in sorted(private):
            for path, name in sorted(users[header]):
                if name != header.split("/")[0]:
                    self.complain(path, f'includes "{header}", which is private to its room: it includes others\' headers')
        for room in sorted(set(self.rooms) - {path.parts[-2] for path in self.files}):
            self.complain(self.root / "lib/README.md", f"lists the room `{room}`, which does not exist")
        return self.complaints


def main():
    checker = Checker(pathlib.Path(sys.argv[1]).resolve())
    complaints = checker.run()
    for complaint in complaints:
        print(complaint)
    print(f"{len(checker.files)} files, {len(complaints)} includes that lib/README.md does not allow")
    return 1 if complaints or not checker.files or not checker.rooms else 0


if __name__ == "__main__":
    sys.exit(main())
