"""Records what Fractal's tasks give for small arrays, as src/tasks/kernels/golden-features.json.

Run with the Python of environment B (see environments.mjs), then format the file with biome.
"""

import json
import math
from pathlib import Path

import dask.array as da
import numpy as np
from fractal_tasks_core._measure_features_utils import (
    IntensityFeatures,
    ShapeFeatures,
    region_props_features_func,
)
from fractal_tasks_core._projection_utils import DaskProjectionMethod
from ngio import Roi
from ngio.common._zoom import numpy_zoom

OUT = Path(__file__).parents[2] / "src/tasks/kernels/golden-features.json"

# A letter is an object. At the border (a), touching (b, c), a single pixel (d), lines (e, f, g), a ring (h), a hole
# that leaks through a corner (i), a hook (j), in pieces (k), pixels joined by corners (l).
PLANE = """
aaa..bbbcccc....g....d..jjj.
aaaa.bbbccccc..g.......jjjj.
.aaa.bbbbccc..g...hhhh.jj...
......bb..c..g...hh..hhj....
eeeeeee.....g....h....hjj.jj
.....................h.jjjjj
..iiiii.....f....hhhhh.jjjj.
.ii...ii....f.....hh........
.i.....i....f..........k..kk
.ii...i.....f..l..........k.
..iiii......f.l.l...........
............f..l.l....kkk...
............f...l..........a
"""

# Planes of one volume: a cube with a cavity (a), a ring with a tunnel (b), a single voxel (c), flat (d), a slanted
# line (e), voxels joined by corners (f), at the border (g).
VOLUME = """
aaaaa..bbb.c.
aaaaa.bb.bb..
aaaaa.b...b.e
aaaaa.bb.bb..
aaaaa..bbb..f
gg.........f.

aaaaa..bbb...
a...a.bb.bb..
a...a.b...be.
a...a.bb.bb..
aaaaa..bb...f
ggg..........

aaaaa......d.
a...a.....ddd
a...a....e.d.
a...a........
aaaaa.......f
.gg........f.

aaaaa........
aaaaa........
aaaaa..ee....
aaaaa........
aaaaa.......f
...g.......gg
"""

PROJECTIONS = {
    "max": DaskProjectionMethod.MIP,
    "min": DaskProjectionMethod.MINIP,
    "mean": DaskProjectionMethod.MEANIP,
    "sum": DaskProjectionMethod.SUMIP,
}

# Not dense and not in order of appearance.
LABELS = dict(zip(".abcdefghijkl", [0, 7, 3, 300, 12, 5, 70000, 9, 11, 2, 8, 6, 4]))


def drawn(text):
    planes = [plane.split("\n") for plane in text.strip().split("\n\n")]
    return np.array([[[LABELS[c] for c in row] for row in rows] for rows in planes], np.uint32)


def numbers(values):
    """JSON has no NaN and no infinity: they are recorded by name."""
    return [v if math.isfinite(v) else "NaN" if math.isnan(v) else "Infinity" for v in np.asarray(values).tolist()]


def features(name, labels, channels, spacing, dimensions, time=None):
    """`labels` in z, y, x, `channels` by name; asks as the task does: y, x, z, c."""
    image = np.stack([np.moveaxis(c, 0, -1) for c in channels.values()], axis=-1)
    label = np.moveaxis(labels, 0, -1)[..., np.newaxis]
    scale = [spacing[1], spacing[2], spacing[0]]
    if dimensions == 2:
        image, label, scale = image[:, :, 0], label[:, :, 0], scale[:2]
    properties = ["label", *ShapeFeatures(include_convex_hull_properties=True).property_names(dimensions == 2)]
    properties += IntensityFeatures().property_names(dimensions == 2)
    if dimensions == 2 and scale[0] != scale[1]:
        properties = [p for p in properties if not p.startswith("perimeter")]
    slices = {"y": (0, 1), "x": (0, 1)} | ({} if time is None else {"t": (time, 1)})
    columns = region_props_features_func(
        image,
        label,
        Roi.from_values(name="FOV_1", slices=slices),
        properties,
        channel_identifiers=dict(enumerate(channels)),
        spacings=scale,
    )
    return {
        "name": name,
        "shape": labels.shape,
        "dimensions": dimensions,
        "spacing": spacing,
        "labels": labels.ravel().tolist(),
        "dtype": str(image.dtype),
        "channels": {n: c.ravel().tolist() for n, c in channels.items()},
        **({} if time is None else {"time": time}),
        "columns": {n: v if n == "region" else numbers(v) for n, v in columns.items()},
    }


def zooms(labels):
    shape = labels.shape
    # ngio keeps the depth of one plane.
    depths = [n if shape[0] > 1 else 1 for n in (2 * shape[0], shape[0] + 1, shape[0] // 2)]
    targets = [[depths[0], 2 * shape[1], 2 * shape[2]], [depths[1], shape[1] + 1, shape[2] + 1]]
    targets += [[depths[2], max(1, shape[1] // 2), shape[2] // 2], [shape[0], 5, 31]]
    return {
        "shape": shape,
        "labels": labels.ravel().tolist(),
        "targets": [
            {"shape": to, "labels": numpy_zoom(labels, target_shape=tuple(to), order="nearest").ravel().tolist()}
            for to in targets
        ],
    }


def projections(rng):
    cases = []
    for dtype in ("uint8", "uint16", "int16", "float32"):
        low, high = (-300, 300) if dtype == "float32" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
        volume = rng.uniform(low, high, (3, 2, 4)).astype(dtype)
        planes = []
        for by, method in PROJECTIONS.items():
            if dtype == "float32" and by == "sum":
                continue
            plane = method.apply(da.from_array(volume), axis=0).compute()
            assert plane.dtype == volume.dtype
            planes.append({"by": by, "voxels": plane.ravel().tolist()})
        cases.append(
            {
                "dtype": dtype,
                "shape": volume.shape,
                "voxels": volume.ravel().tolist(),
                "planes": planes,
            }
        )
    return cases


def main():
    rng = np.random.default_rng(7)
    plane, volume = drawn(PLANE), drawn(VOLUME)

    def channel(of, dtype):
        return rng.integers(0, 4000, of.shape).astype(dtype)

    two = {"DAPI": channel(plane, "uint16"), "A02_C03": channel(plane, "uint16")}
    isotropic = [2.0, 0.65, 0.65]
    small = drawn("aab.\nab..\n.b.c")
    golden = {
        "features": [
            features("a plane", plane, two, isotropic, 2),
            features("a plane of floats in pixels", plane, {"0": channel(plane, "float32") / 7}, [1, 1, 1], 2, 3.0),
            features("pixels that are no squares", plane, {"DAPI": channel(plane, "uint8")}, [1, 0.5, 0.8], 2),
            features("a volume", volume, {"DAPI": channel(volume, "uint16")}, [1.5, 0.4, 0.65], 3),
            features("no object", np.zeros((1, 2, 3), np.uint32), {"DAPI": np.zeros((1, 2, 3), "uint16")}, isotropic, 2),
        ],
        "zooms": [zooms(small), zooms(volume[:, ::2, ::3])],
        "projections": projections(rng),
    }
    OUT.write_text(json.dumps(golden))


if __name__ == "__main__":
    main()
