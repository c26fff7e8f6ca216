"""scikit-image and scipy do what Fovea did and Fractal has no words for, and find the same.

Usage: run_scipy.py FOLDER, which `write-tasks.ts` has filled.
"""

import os

# As in run_fractal.py.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL AVX512_SPR"

import json
import sys
import warnings
from pathlib import Path

from exchange import check, same_pixels
from multiscales import levels_of
from segment_patch import segmented

ROOT = Path(sys.argv[1])
warnings.filterwarnings("ignore")

for case in json.loads((ROOT / "tasks.json").read_text("utf-8")):
    direct = case.get("direct")
    if not direct:
        continue
    with check(f"scikit-image makes the same: {case['what']}"):
        pixels, _ = levels_of(ROOT / "before" / case["image"])[direct["level"]]
        label, _ = next(one for one in levels_of(ROOT / case["after"] / case["image"] / "labels" / case["output"]).values() if one[0].shape[-2:] == pixels.shape[-2:])
        t = direct["t"] if direct["hasTime"] else slice(None)
        image = pixels[(direct["t"], direct["c"]) if direct["hasTime"] else direct["c"]]
        same_pixels(label[t], segmented(image, direct["boxes"], direct["params"]), "the label")
