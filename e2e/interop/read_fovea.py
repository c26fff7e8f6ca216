"""Reads what Fovea wrote with ngio, zarr and anndata, and compares it value by value with what Fovea says it wrote."""

import sys
from pathlib import Path

import numpy as np
import zarr
from exchange import check, load_expected, load_pixels, same, same_pixels
from ngio import open_ome_zarr_container, open_ome_zarr_plate
from tables import read_table

root = Path(sys.argv[1])


def read_plate(expected):
    path = expected["path"]
    with check(f"{path}: plate"):
        plate = open_ome_zarr_plate(root / path, mode="r")
        same(plate.wells_paths(), [well["path"] for well in expected["wells"]], "the list of wells")
        for well in expected["wells"]:
            row, column = well["path"].split("/")
            paths = plate.get_well(row, column).paths()
            same(paths, well["images"], f"the list of images of {well['path']}")


def read_image(expected):
    path = expected["path"]
    with check(f"{path}: image"):
        container = open_ome_zarr_container(root / path, mode="r", validate_arrays=True)
        same(container.meta.version, expected["version"], "the version")
        same(container.level_paths, [level["name"] for level in expected["levels"]], "the list of levels")
        same(container.channel_labels, expected["channels"], "the list of channels")
        same(container.list_labels(), [label["name"] for label in expected["labels"]], "the list of labels")
        same(container.list_tables(), [table["name"] for table in expected["tables"]], "the list of tables")
    for level in expected["levels"]:
        image = lambda: open_ome_zarr_container(root / path).get_image(path=level["name"])
        read_level(path, expected, level, image)
    for label in expected["labels"]:
        read_label(path, label)
    for table in expected["tables"]:
        read_table(root, path, table, expected["levels"])


def read_label(path, expected):
    name = expected["name"]
    for level in expected["levels"]:
        label = lambda: open_ome_zarr_container(root / path).get_label(name, path=level["name"])
        read_level(f"{path}/labels/{name}", expected, level, label)
    if "count" in expected:
        with check(f"{path}/labels/{name}: ids 1 … {expected['count']}, each in use"):
            ids = np.unique(open_ome_zarr_container(root / path).get_label(name, path="0").get_as_numpy())
            same(ids[ids > 0].tolist(), list(range(1, expected["count"] + 1)), "the list of ids")


def read_level(path, multiscale, level, opened):
    """One array of a multiscale, once as ngio opens it and once as zarr does."""
    axes = multiscale["axes"]
    where = f"{path}/{level['name']}"
    with check(f"{where}: shape and scale"):
        found = opened()
        same(list(found.axes), axes, "the list of axes")
        same(list(found.shape), level["shape"], "the shape")
        same(found.dtype, level["dtype"], "the type")
        sizes = {axis: getattr(found.pixel_size, axis) for axis in axes if axis != "c"}
        scale = {axis: size for axis, size in zip(axes, level["scale"]) if axis != "c"}
        same(sizes, scale, "the scale")
    if "data" in level:
        with check(f"{where}: pixels"):
            pixels = load_pixels(root, level["data"])
            same_pixels(opened().get_as_numpy(), pixels, "ngio's array")
            array = zarr.open_array(root / where, mode="r")
            same(array.metadata.zarr_format, multiscale["zarrFormat"], "the Zarr format")
            same(array.chunks, tuple(level["chunks"]), "the chunk shape")
            same_pixels(array[...], pixels, "zarr's array")


expected = load_expected(root)
for plate in expected["plates"]:
    read_plate(plate)
for image in expected["images"]:
    read_image(image)
