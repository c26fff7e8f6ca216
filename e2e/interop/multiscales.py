"""What the comparisons of tasks share: multiscales opened with zarr alone, level by level and voxel by voxel."""

import numpy as np
import zarr
from exchange import same, same_pixels


def levels_of(path):
    """The arrays of a multiscale by name, the finest first, and the scales they are stored with."""
    group = zarr.open_group(path, mode="r")
    attributes = group.attrs.asdict()
    datasets = attributes.get("ome", attributes)["multiscales"][0]["datasets"]
    scales = {one["path"]: one["coordinateTransformations"][0]["scale"] for one in datasets}
    return {name: (group[name], scale) for name, scale in scales.items()}


def is_uneven(path):
    """Whether a level's voxels are no whole number of the finest level's."""
    shapes = [array.shape for array, _ in levels_of(path).values()]
    return any(fine % coarse for shape in shapes for fine, coarse in zip(shapes[0], shape))


def same_levels(actual, expected, as_ours=lambda data: data, as_type=lambda dtype: dtype, but=()):
    """Raises where two multiscales differ in a level's name, scale, type, shape or, but for some levels, a voxel."""
    actual, expected = levels_of(actual), levels_of(expected)
    same(list(actual), list(expected), "the names of the levels")
    for name, (array, scale) in actual.items():
        wanted, wanted_scale = expected[name]
        np.testing.assert_allclose(scale, wanted_scale, rtol=1e-12, err_msg=f"the scale of level {name}")
        same(as_type(array.dtype), wanted.dtype, f"the type of level {name}")
        same(array.shape, wanted.shape, f"the shape of level {name}")
        if name not in but:
            same_pixels(array[...], as_ours(wanted[...]), f"level {name}")


def same_but_ids(actual, expected, in_order):
    """Raises unless one change of ids, from one to one, makes two labels the same at every level."""
    ours, theirs = (next(iter(levels_of(path).values()))[0][...].ravel() for path in (actual, expected))
    pairs = np.unique(np.stack([theirs, ours]), axis=1)
    for ids in pairs:
        same(len(np.unique(ids)), len(ids), "the number of objects")
    if in_order:
        same(bool(np.all(np.diff(pairs[1].astype(np.int64)) > 0)), True, "that ids are in the same order")
    same_levels(actual, expected, lambda data: pairs[1][np.searchsorted(pairs[0], data)])
