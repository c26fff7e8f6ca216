"""Tables written by anndata itself: as Fractal's tasks did before ngio, and as anndata will with pandas 3."""

import anndata
import numpy as np
import pandas as pd
import zarr
from anndata.io import write_elem

# Lets anndata write text as it will by default.
anndata.settings.allow_write_nullable_strings = True

BOXES = ["x_micrometer", "y_micrometer", "z_micrometer", "len_x_micrometer", "len_y_micrometer", "len_z_micrometer"]
FOVS = [[0, 0, 0, 9.1, 9.75, 4.5, 12.3], [9.75, 0.1, 0, 8.125, 9.75, 4.5, -7.7]]
MASKS = [[2.275, 1.625, 1.5, 7.475, 4.875, 1.5], [10.075, 6.825, 0, 4.225, 2.925, 3]]
MASKING = {"type": "masking_roi_table", "region": {"path": "../labels/Zellkerne_ä"}, "instance_key": "label"}


def write_anndata_tables(image):
    """Writes them below an image and lists them; returns what Fovea should find."""
    return [
        # float32, an unnamed index, Fractal's own version key, labels as a column of text.
        write_table(
            image,
            "old_FOV_ROI_table",
            {"type": "roi_table", "fractal_table_version": "1"},
            frame(FOVS, [*BOXES, "x_micrometer_original"], ["FOV_1", "FOV_ä2"], "float32"),
            {"time": ["10:31", "10:32"]},
        ),
        write_table(
            image,
            "old_masking_ROI_table",
            {**MASKING, "fractal_table_version": "1"},
            frame(MASKS, BOXES, ["0", "1"], "float32"),
            {"label": ["4", "70000"]},
        ),
        # Text with a mask, the names of rows and columns too.
        write_table(
            image,
            "next_FOV_ROI_table",
            {"type": "roi_table", "table_version": "1", "backend": "anndata_v1"},
            frame(FOVS, [*BOXES, "x_micrometer_original"], ["FOV_1", "FOV_ä2"], "float64", "string"),
            {
                "note": pd.array(["ü", None], dtype="string"),
                "cells": pd.array([7, None], dtype="Int64"),
                "checked": pd.array([None, True], dtype="boolean"),
            },
        ),
    ]


def frame(rows, columns, names, numbers, text=object):
    return pd.DataFrame(
        np.array(rows, numbers),
        index=pd.Index(names, dtype=text),
        columns=pd.Index(columns, dtype=text),
    )


def write_table(image, name, attributes, numbers, others):
    tables = zarr.open_group(image / "tables", mode="a")
    obs = pd.DataFrame(others, index=numbers.index)
    var = pd.DataFrame(index=numbers.columns)
    write_elem(tables, name, anndata.AnnData(X=numbers.to_numpy(), obs=obs, var=var))
    tables[name].attrs.update(attributes)
    tables.attrs["tables"] = [*tables.attrs["tables"], name]
    columns = {column: values.astype(float).tolist() for column, values in numbers.items()}
    for column, values in obs.items():
        columns[column] = [None if pd.isna(value) else value for value in values.tolist()]
    return {
        "name": name,
        "type": attributes["type"],
        "backend": "anndata",
        "x": str(numbers.dtypes.iloc[0]),
        "index": {"name": None, "values": list(numbers.index)},
        "columns": columns,
    }
