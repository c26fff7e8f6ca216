"""What the Python scripts share: checks that print one line each, and the description of what was written.

A folder that one side writes for the other holds stores and `expected.json`: per plate its wells and images, per
image its levels, labels and tables with every value. Pixels lie beside it as plain little-endian files.
"""

import json
import logging
import math
import warnings
from contextlib import contextmanager
from pathlib import Path

import numpy as np

# Known and harmless: extra columns, Zarr v2, consolidated metadata.
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")


@contextmanager
def check(what):
    """Prints "ok" and what was checked, or "FAIL" and why, and goes on."""
    try:
        yield
    except Exception as error:
        reason = " ".join(str(error).split())
        print(f"FAIL {what}: {type(error).__name__}: {reason}", flush=True)
    else:
        print(f"ok {what}", flush=True)


def same(actual, expected, what):
    """Raises where two plain values differ."""
    if actual != expected:
        raise AssertionError(f"{what} is {actual!r} and not {expected!r}")


def same_values(actual, expected, what):
    """Raises where two columns differ; NaN and None both mean missing, all else is exact."""
    actual = [plain(value) for value in actual]
    same(len(actual), len(expected), f"the length of {what}")
    for row, (found, wanted) in enumerate(zip(actual, expected)):
        same(found, wanted, f"{what}, row {row},")


def plain(value):
    """A cell as JSON has it."""
    value = value.item() if isinstance(value, np.generic) else value
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return None if missing or str(value) == "<NA>" else value


def same_pixels(actual, expected, what):
    same(tuple(actual.shape), expected.shape, f"the shape of {what}")
    different = int(np.count_nonzero(actual != expected))
    same(different, 0, f"the number of different voxels of {what}")


def save_expected(root, expected):
    (Path(root) / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), "utf-8")


def load_expected(root):
    return json.loads((Path(root) / "expected.json").read_text("utf-8"))


def save_pixels(root, file, data):
    """Writes pixels beside the stores; returns how expected.json names them."""
    path = Path(root) / "pixels" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    data.astype(data.dtype.newbyteorder("<")).tofile(path)
    return {"file": file, "dtype": data.dtype.name, "shape": list(data.shape)}


def load_pixels(root, named):
    data = np.fromfile(Path(root) / "pixels" / named["file"], dtype=named["dtype"])
    return data.reshape(named["shape"])
