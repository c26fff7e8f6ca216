"""Reads the ROI tables that ngio and anndata wrote and Fovea edited: what was edited changed, and nothing else did."""

import sys
from pathlib import Path

import zarr
from exchange import check, load_expected, same
from tables import read_table

before, after = (Path(folder) for folder in sys.argv[1:])


def files_but(root, tables):
    """Every file below a folder but those of the given tables, and what describes the exchange."""
    own = [root / "pixels", root / "expected.json", *(root / table for table in tables)]
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in files
        if path not in own and not any(folder in path.parents for folder in own)
    }


edited = []
for image in load_expected(after)["images"]:
    for table in image["tables"]:
        path = f"{image['path']}/tables/{table['name']}"
        edited.append(path)
        read_table(after, image["path"], table, [])
        with check(f"{path}: attributes as they were"):
            old, new = (dict(zarr.open_group(root / path, mode="r").attrs) for root in (before, after))
            same(new, old, "the set of attributes")

with check("no other file was touched"):
    old, new = files_but(before, edited), files_but(after, edited)
    same(sorted(new), sorted(old), "the list of files")
    changed = [name for name in old if old[name] != new[name]]
    same(changed, [], "the list of changed files")
