#!/usr/bin/env python3
"""Reads every include of the tree and fails on an arrow that rules.json does not allow."""
import json
import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")', re.MULTILINE)
STANDARD = re.compile(r"^[a-z_0-9]+$")  # <vector>, never <boost/…> nor <sodium.h>


def box_of(path, boxes):
    """The longest box name that this path lies in, or None."""
    inside = [box for box in boxes if path == box or path.startswith(box + "/")]
    return max(inside, key=len, default=None)


def check_file(path, text, rules):
    """Every broken rule of one source file, as sentences."""
    boxes = rules["boxes"]
    box = box_of(path, boxes)
    for match in INCLUDE.finditer(text):
        quoted, angled = match.group(3), match.group(2)
        line = text.count("\n", 0, match.start(1)) + 1
        if quoted and box:
            target = box_of(quoted, boxes) or quoted
            if target != box and target not in boxes[box]:
                yield f"{path}:{line}: {box} may not include {target} ({quoted})"
        if angled:
            yield from check_library(path, line, angled, rules)


def check_library(path, line, header, rules):
    for rule in rules["libraries"]:
        if not header.startswith(rule["header"]):
            continue
        if not any(path.startswith(place) for place in rule.get("only_in", [path])):
            yield f"{path}:{line}: <{header}> belongs in {', '.join(rule['only_in'])} alone"
        if rule.get("never_in_headers") and path.endswith(".hpp"):
            yield f"{path}:{line}: <{header}> is too heavy for a header; include it in the .cpp"
    if any(path.startswith(pure) for pure in rules["standard_library_only"]) and not STANDARD.match(header):
        yield f"{path}:{line}: only the standard library here, not <{header}>"


def check_sql(path, text, rules):
    """Every word in one query that reads the database's clock."""
    if path in rules["sql"].get("except", []):
        return
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split("--", 1)[0].lower()
        for word in rules["sql"]["never"]:
            if word in code:
                yield f"{path}:{number}: {word}: {rules['sql']['why']}"


def check_tree(root, rules):
    folders = ["analytics", "ingest", "server", "cmake"]
    sources = [p for f in folders for p in (root / f).rglob("*") if p.suffix in (".hpp", ".cpp")]
    queries = [p for f in rules["sql"]["folders"] for p in (root / f).rglob("*.sql")]
    broken = []
    for path in sorted(sources):
        broken += check_file(path.relative_to(root).as_posix(), path.read_text(), rules)
    for path in sorted(queries):
        broken += check_sql(path.relative_to(root).as_posix(), path.read_text(), rules)
    return len(sources), broken


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    rules = json.loads((Path(__file__).parent / "rules.json").read_text())
    seen, broken = check_tree(root, rules)
    for sentence in broken:
        print(sentence)
    print(f"{seen} files, {len(broken)} arrows that turn back")
    return 1 if broken or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
