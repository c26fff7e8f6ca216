"""Runs scipy, scikit-image and Fractal on the arrays that kernels.ts left in a folder, one call per line read; answers in ms."""

import os
import sys
import time

for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

from pathlib import Path

import numpy as np
from fractal_tasks_core._measure_features_utils import (
    IntensityFeatures,
    ShapeFeatures,
    region_props_features_func,
)
from fractal_tasks_core.illumination_correction import correct
from ngio import Roi
from scipy import ndimage
from skimage.filters import gaussian, median, threshold_otsu
from skimage.measure import label
from skimage.segmentation import watershed

folder = Path(sys.argv[1])
shape = tuple(int(length) for length in sys.argv[2].split("x"))


def load(name, dtype):
    return np.fromfile(folder / name, dtype).reshape(shape)


image = load("image", np.uint16)
mask = load("mask", np.uint8) != 0
noise = load("noise", np.uint8) != 0
flat = load("flat", np.uint16)
gain = flat / flat.max()
dark = load("dark", np.uint16)
heights = -ndimage.distance_transform_edt(mask)
markers = load("markers", np.uint32).astype(np.int32)
footprint = np.ones((3, 3), dtype=bool)
objects = label(mask)
properties = ["label", *ShapeFeatures(include_convex_hull_properties=True).property_names(True)]
properties += IntensityFeatures().property_names(True)
roi = Roi.from_values(name="FOV_1", slices={"y": (0, 1), "x": (0, 1)})
# Of round objects the orientation is noise, so it is measured and not compared.
NOT_COMPARED = ("label", "region", "orientation")


def measured():
    """Every column of Measure features, one row of the result for each."""
    columns = region_props_features_func(
        image[:, :, np.newaxis],
        objects[:, :, np.newaxis],
        roi,
        properties,
        channel_identifiers={0: "c"},
        spacings=[1.0, 1.0],
    )
    return np.stack([np.asarray(columns[name], np.float64) for name in columns if name not in NOT_COMPARED])

# Labels of a mask of bool go through scipy, those of bytes do not: the faster one counts.
CALLS = {
    "gaussian": [lambda: gaussian(image, sigma=2, mode="nearest", preserve_range=True)],
    "median": [lambda: median(image, footprint=footprint)],
    "otsu": [lambda: np.array(float(threshold_otsu(image)))],
    "label": [lambda: label(mask), lambda: label(mask.view(np.uint8))],
    "labelNoise": [lambda: label(noise), lambda: label(noise.view(np.uint8))],
    "fillHoles": [lambda: ndimage.binary_fill_holes(mask)],
    "edt": [lambda: ndimage.distance_transform_edt(mask)],
    "watershed": [lambda: watershed(heights, markers, mask=mask)],
    "illumination": [lambda: correct(image[None], gain, dark)],
    "regionprops": [measured],
}
STORED = {"label": np.uint32, "labelNoise": np.uint32, "fillHoles": np.uint8, "watershed": np.uint32}


def timed(call):
    begin = time.perf_counter()
    result = call()
    return time.perf_counter() - begin, result


print("ready", flush=True)
for line in sys.stdin:
    name, *file = line.split()
    runs = [timed(call) for call in CALLS[name]]
    if file:
        result = runs[0][1]
        result.astype(STORED.get(name, result.dtype)).tofile(folder / file[0])
    print(min(seconds for seconds, _ in runs) * 1000, flush=True)
