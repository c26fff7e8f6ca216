"""Reads one table below an image in each way Python has for it: ngio's table and ROIs, anndata, pandas."""

import anndata
import pandas
from exchange import check, load_pixels, plain, same, same_pixels, same_values
from ngio import open_ome_zarr_container

CORNERS = ["z_micrometer", "y_micrometer", "x_micrometer"]
LENGTHS = ["len_z_micrometer", "len_y_micrometer", "len_x_micrometer"]


def read_table(root, image, expected, levels):
    where = f"{image}/tables/{expected['name']}"
    with check(f"{where}: {expected['type']} in ngio"):
        table = open_ome_zarr_container(root / image).get_table(expected["name"])
        same(table.table_type(), expected["type"], "the type")
        same_frame(table.dataframe, seen_by_ngio(expected))
    with check(f"{where}: {expected['backend']} values"):
        read_stored(root / where, expected)
    if expected["type"] in ("roi_table", "masking_roi_table"):
        with check(f"{where}: ROIs and their voxels"):
            read_rois(root, image, expected, levels)


def seen_by_ngio(expected):
    """The table as ngio shows it: a masking table's rows go by label, and a CSV file's missing text is empty text."""
    columns = dict(expected["columns"])
    index = expected["index"]
    if expected["type"] == "masking_roi_table" and "label" in columns:
        index = {"name": "label", "values": [str(label) for label in columns.pop("label")]}
    if expected["backend"] == "csv":
        for name, values in columns.items():
            if any(isinstance(value, str) for value in values):
                columns[name] = [value or "" for value in values]
    return {**expected, "index": index, "columns": columns}


def same_frame(frame, expected):
    """Row names as text, and every column; the order of columns is the backend's."""
    names = [str(value) for value in frame.index]
    same(names, expected["index"]["values"], "the list of row names")
    same(sorted(frame.columns), sorted(expected["columns"]), "the list of columns")
    for column, values in expected["columns"].items():
        same_values(frame[column], values, f'column "{column}"')


def read_stored(path, expected):
    """The data as stored, without ngio."""
    if expected["backend"] == "csv":
        exact = {"float_precision": "round_trip"}
        frame = pandas.read_csv(path / "table.csv", keep_default_na=False, na_values=[""], **exact)
        index = expected["index"]["name"]
        if index is not None:
            frame = frame.set_index(index)
    else:
        data = anndata.read_zarr(path)
        same(str(data.X.dtype), expected["x"], "the type of X")
        same(data.obs.index.name, expected["index"]["name"], "the name of the index")
        frame = pandas.concat([data.to_df(), data.obs], axis=1)
    same_frame(frame, expected)


def read_rois(root, image, expected, levels):
    """Each ROI's box in world units, and the voxels ngio reads for it where the level's pixels are at hand."""
    container = open_ome_zarr_container(root / image)
    rois = container.get_table(expected["name"]).rois()
    same([roi.name for roi in rois], seen_by_ngio(expected)["index"]["values"], "the list of ROIs")
    columns = expected["columns"]
    for row, roi in enumerate(rois):
        for axis, corner, length in zip("zyx", CORNERS, LENGTHS):
            found = roi.get(axis)
            same(plain(found.start), columns[corner][row], f"{axis} of {roi.name}")
            same(plain(found.length), columns[length][row], f"the {axis} length of {roi.name}")
    for level in levels:
        boxes = expected.get("voxels", {}).get(level["name"])
        if boxes is None or "data" not in level:
            continue
        pixels = load_pixels(root, level["data"])
        opened = container.get_image(path=level["name"])
        for roi, (low, high) in zip(rois, boxes):
            box = tuple(slice(a, b) for a, b in zip(low, high))
            same_pixels(opened.get_roi_as_numpy(roi), pixels[(..., *box)], f"{roi.name} in level {level['name']}")
