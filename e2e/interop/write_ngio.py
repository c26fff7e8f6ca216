"""Writes, with ngio and anndata, plates of both OME-Zarr versions and tables of every kind, for Fovea to read."""

import sys
from pathlib import Path

import ngio
import numpy as np
import pandas as pd
import zarr
from anndata_tables import write_anndata_tables
from exchange import save_expected, save_pixels
from ngio.tables import ConditionTable, FeatureTable, RoiTable

from tables import CORNERS, LENGTHS

root = Path(sys.argv[1])
ROI_COLUMNS = [*reversed(CORNERS), *reversed(LENGTHS)]
LABEL = "Zellkerne_ä"
# Odd shapes, so that no level's scale is a power of two; shards where the format has them.
IMAGES = {
    "B/03/0": {"axes": "czyx", "shape": (2, 3, 67, 91), "chunks": (1, 2, 32, 40), "shards": None},
    "B/03/1": {"axes": "tczyx", "shape": (2, 2, 3, 33, 47), "chunks": (1, 1, 1, 16, 16), "shards": None},
    "C/11/0": {"axes": "czyx", "shape": (1, 4, 64, 96), "chunks": (1, 2, 16, 16), "shards": (1, 4, 32, 32)},
}


def write_plate(version):
    path = f"plate-{version}.zarr"
    wells = [path.split("/") for path in IMAGES]
    places = [ngio.ImageInWellPath(row=row, column=column, path=image) for row, column, image in wells]
    plate = ngio.create_empty_plate(root / path, f"Platte {version}", places, ngff_version=version)
    conditions = pd.DataFrame({"row": ["B", "C"], "column": ["03", "11"], "drug": ["β-Estradiol", "none"]})
    plate.add_table("conditions", ConditionTable(conditions), backend="csv")
    images = [write_image(f"{path}/{place}", version, **spec) for place, spec in IMAGES.items()]
    described = {
        "path": path,
        "wells": [{"path": "B/03", "images": ["0", "1"]}, {"path": "C/11", "images": ["0"]}],
        "tables": [expectation("conditions", "condition_table", "csv", conditions)],
    }
    return described, images


def write_image(path, version, axes, shape, chunks, shards):
    pixels = np.random.default_rng(7).integers(0, 4096, shape, dtype="uint16")
    channels = ["DAPI", "β-actin"][: shape[axes.index("c")]]
    container = ngio.create_ome_zarr_from_array(
        root / path,
        pixels,
        pixelsize=(0.325, 0.325),
        z_spacing=1.5,
        levels=3,
        axes_names=axes,
        channels_meta=channels,
        ngff_version=version,
        chunks=chunks,
        shards=shards if version == "0.5" else None,
        overwrite=True,
    )
    label = write_label(container)
    tables = write_tables(container, label) + write_anndata_tables(root / path)
    return {
        "path": path,
        "zarrFormat": 2 if version == "0.4" else 3,
        "version": version,
        "axes": list(axes),
        "channels": channels,
        "levels": [level(path, container.get_image(path=name)) for name in container.level_paths],
        "labels": [
            {
                "name": LABEL,
                "axes": [axis for axis in axes if axis != "c"],
                "levels": [
                    level(f"{path}/labels/{LABEL}", container.get_label(LABEL, path=name))
                    for name in container.level_paths
                ],
            }
        ],
        "tables": tables,
    }

def write_bare(version):
    """An image by zarr alone that says no more of its channels than how they are called: ngio would not read it."""
    path, axes = f"bare-{version}.zarr", "cyx"
    pixels = np.random.default_rng(8).integers(0, 4096, (2, 41, 53), dtype="uint16")
    group = zarr.create_group(root / path, zarr_format=2 if version == "0.4" else 3)
    group.create_array("0", data=pixels, chunks=(1, 32, 32))
    kinds = {"c": "channel", "y": "space", "x": "space"}
    scale = [1.0, 0.5, 0.5]
    datasets = [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": scale}]}]
    multiscale = {"axes": [{"name": axis, "type": kinds[axis]} for axis in axes], "datasets": datasets}
    channels = ["DAPI", "β-actin"]
    omero = {"channels": [{"label": label} for label in channels]}
    if version == "0.4":
        group.attrs.update({"multiscales": [{"version": version, **multiscale}], "omero": omero})
    else:
        group.attrs.update({"ome": {"version": version, "multiscales": [multiscale], "omero": omero}})
    data = save_pixels(root, path, pixels)
    level = {"name": "0", "shape": list(pixels.shape), "scale": scale, "dtype": "uint16", "data": data}
    return {
        "path": path,
        "zarrFormat": 2 if version == "0.4" else 3,
        "version": version,
        "axes": list(axes),
        "channels": channels,
        "levels": [level],
        "labels": [],
        "tables": [],
    }


def level(path, opened):
    """A level as ngio sees it."""
    scale = [1.0 if axis == "c" else getattr(opened.pixel_size, axis) for axis in opened.axes]
    return {
        "name": opened.path,
        "shape": list(opened.shape),
        "scale": scale,
        "dtype": opened.dtype,
        "data": save_pixels(root, f"{path}/{opened.path}".replace("/", "_"), opened.zarr_array[...]),
    }


def write_label(container):
    label = container.derive_label(LABEL)
    ids = np.zeros(label.shape, label.dtype)
    ids[..., 1, 5:20, 7:30] = 4
    # More than 16 bits hold.
    ids[..., 0:2, 21:30, 31:44] = 70_000
    label.set_array(ids)
    label.consolidate()
    return label


def write_tables(container, label):
    """Each kind of table once per backend; returns what Fovea should find."""
    rois = pd.DataFrame(
        [
            [0.0, 0.0, 0.0, 9.75, 9.75, 4.5, 1000.25],
            [9.75, 0.0, 0.0, 8.125, 9.75, 4.5, -3.5],
            [1.3, 5.2, 1.5, 3.25, 3.25, 1.5, 0.1],
        ],
        index=pd.Index(["FOV_1", "Feld 2 – ünten", '神経, "3"'], name="FieldIndex"),
        columns=[*ROI_COLUMNS, "x_micrometer_original"],
    )
    empty = pd.DataFrame({name: pd.Series(dtype="float64") for name in ROI_COLUMNS})
    empty.index = pd.Index([], name="FieldIndex", dtype=object)
    features = pd.DataFrame(
        {
            "area": [1.5, np.nan],
            "num_pixels": [345, 2**40],
            "intensity_mean-DAPI": [0.1, 1e-7],
            "class": ["mitotisch ✓", "G1"],
            "on_border": [True, False],
        },
        index=pd.Index([4, 70_000], name="label"),
    )
    conditions = pd.DataFrame({"drug": ["Ä", None, "Ä"], "dose": [0.5, 1.0, np.nan]})
    masks = label.build_masking_roi_table()
    masking = label_boxes(label).loc[[roi.name for roi in masks.rois()]]
    found = []
    for backend in ("csv", "anndata"):
        written = [
            ("FOV_ROI_table", "roi_table", RoiTable.from_table_data(rois, RoiTable().meta), rois),
            ("leer_ROI_table", "roi_table", RoiTable(), empty),
            ("Ausschnitte_ä", "masking_roi_table", masks, masking),
            ("features", "feature_table", FeatureTable(features, reference_label=LABEL), features),
            ("conditions", "condition_table", ConditionTable(conditions), conditions),
        ]
        for name, kind, table, frame in written:
            container.add_table(f"{name}_{backend}", table, backend=backend)
            found.append(expectation(f"{name}_{backend}", kind, backend, frame))
    return found


def label_boxes(label):
    """The masking ROIs that write_label's ids should have."""
    size = label.pixel_size
    boxes = {"4": ((1, 2), (5, 20), (7, 30)), "70000": ((0, 2), (21, 30), (31, 44))}
    rows = [
        [x[0] * size.x, y[0] * size.y, z[0] * size.z]
        + [(x[1] - x[0]) * size.x, (y[1] - y[0]) * size.y, (z[1] - z[0]) * size.z]
        for z, y, x in boxes.values()
    ]
    frame = pd.DataFrame(rows, index=pd.Index(boxes, name="label"), columns=ROI_COLUMNS)
    if label.has_axis("t"):
        frame["t_second"], frame["len_t_second"] = 0.0, 2.0
    return frame


def expectation(name, kind, backend, frame):
    """A table as expected.json has it. AnnData holds flags among its numbers."""
    columns = {}
    for column, values in frame.items():
        flags = values.dtype == bool and backend == "anndata"
        cells = values.astype(float) if flags else values
        columns[column] = [None if pd.isna(value) else value for value in cells.tolist()]
    index = {"name": frame.index.name, "values": [str(value) for value in frame.index]}
    x = {"x": "float64"} if backend == "anndata" else {}
    return {"name": name, "type": kind, "backend": backend, **x, "index": index, "columns": columns}


root.mkdir(parents=True)
versions = ("0.4", "0.5")
plates, images = zip(*(write_plate(version) for version in versions))
bare = [write_bare(version) for version in versions]
save_expected(root, {"plates": plates, "images": [*(image for found in images for image in found), *bare]})
