"""fractal-tasks-core runs its own tasks with the arguments that Fovea exported, and finds what Fovea made.

Usage: run_fractal.py FOLDER, which `write-tasks.ts` has filled.
"""

import os

# The vectorised exp of numpy is not correctly rounded; without it Gaussians are those of the C library to the last bit.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL AVX512_SPR"

import json
import shutil
import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from exchange import check, same
from feature_rows import same_features
from fractal_schema import require_valid
from fractal_tasks_core.compute_projection_hcs import compute_projection_hcs
from fractal_tasks_core.illumination_correction import illumination_correction
from fractal_tasks_core.init_projection_hcs import init_projection_hcs
from fractal_tasks_core.measure_features import measure_features
from fractal_tasks_core.projection import projection
from fractal_tasks_core.threshold_segmentation import threshold_segmentation
from multiscales import is_uneven, levels_of, same_but_ids, same_levels
from ngio import open_ome_zarr_container, open_ome_zarr_well

ROOT = Path(sys.argv[1])
warnings.filterwarnings("ignore")


def run_segmentation(image, made, arguments, output):
    """
    Labels are the same to the last id, with three exceptions: Fractal's size filter leaves gaps between ids where Fovea
    counts on; the objects of a label without a masking table are gone over in the order in which its chunks hold them,
    and here by their ids; and where levels do not halve evenly ngio fills them block by block, so that voxels shift at
    the blocks' edges: done in one piece, which ngio can do too, they are the same.
    """
    threshold_segmentation(zarr_url=str(image), **arguments)
    ours, theirs = made / "labels" / output, image / "labels" / output
    level = arguments["level_path"]
    if is_uneven(theirs):
        open_ome_zarr_container(image).get_label(output, path=level).consolidate(mode="numpy")
    is_by_label = arguments["iterator_configuration"]["masking"].get("masking_source") == "Label Name"
    if is_by_label or arguments["pre_post_process"]["post_process"]:
        same_but_ids(ours, theirs, in_order=not is_by_label)
    else:
        same_levels(ours, theirs)
    table = arguments["create_masking_roi_table"]
    if table["mode"] == "Create Masking ROI Table":
        same_boxes(made, image, table["table_name"])


def run_features(image, made, arguments, output):
    """The same rows; every value within 1e-5 of Fractal's."""
    measure_features(zarr_url=str(image), **arguments)
    ours, theirs = (open_ome_zarr_container(path).get_table(output).dataframe for path in (made, image))
    same_features(ours, theirs, arguments["input_roi_table"])


def run_illumination(image, made, arguments, output):
    """Every pixel is the same, and what comes with them."""
    for part in ("illumination_profiles", "background_correction"):
        if arguments[part]["model"] == "Profile":
            arguments[part]["folder"] = str(ROOT / "profiles")
    update = illumination_correction(zarr_url=str(image), **arguments)
    if arguments["overwrite_input"]:
        same(update, None, "what Fractal says of a new image")
        return same_pixels_of(made, image)
    theirs = Path(update["image_list_updates"][0]["zarr_url"])
    same(theirs.name, output, "the name of the image")
    same_images(made.parent / output, theirs)
    for path in (made, image):
        same(output in open_ome_zarr_well(path.parent).paths(), True, f"that the well lists {output}")


def run_projection_in_plate(image, made, arguments, output):
    """Fractal's lies in a plate of its own."""
    plate = image.parents[2]
    jobs = init_projection_hcs(zarr_urls=[str(image)], zarr_dir=str(plate.parent), **arguments)["parallelization_list"]
    updates = [compute_projection_hcs(**job)["image_list_updates"][0] for job in jobs]
    same(len(updates), 1, "the number of images")
    same_images(made.parent / output, Path(updates[0]["zarr_url"]))


def run_projection(image, made, arguments, output):
    theirs = Path(projection(zarr_url=str(image), **arguments)["image_list_updates"][0]["zarr_url"])
    same(theirs.name, output, "the name of the image")
    same_images(made.parent / output, theirs)


def same_images(ours, theirs):
    """
    Raises where two new images differ in pixels, channels, labels or ROIs. Exceptions: ngio 0.5 makes uint16 of every
    new image that a task asks for, with the same values, and it forgets the name of the one channel of an image without
    a channel axis.
    """
    same_pixels_of(ours, theirs, lambda dtype: np.dtype("uint16") if dtype == np.uint8 else dtype)
    mine, other = open_ome_zarr_container(ours), open_ome_zarr_container(theirs)
    same(mine.get_image().axes, other.get_image().axes, "the axes")
    for what in ("channel_labels", "wavelength_ids") if "c" in other.get_image().axes else ():
        same(getattr(mine.get_image(), what), getattr(other.get_image(), what), what)
    same(sorted(mine.list_labels()), sorted(other.list_labels()), "the labels")
    for name in other.list_labels():
        same_levels(ours / "labels" / name, theirs / "labels" / name)
    same(sorted(mine.list_tables()), sorted(other.list_tables()), "the tables")
    for name in other.list_roi_tables():
        same_rois(*(one.get_generic_roi_table(name) for one in (mine, other)), name)


def same_pixels_of(ours, theirs, as_type=lambda dtype: dtype):
    """Of all levels; where they do not halve evenly, of the finest: ngio interpolates, and Fovea takes means of whole voxels."""
    same_levels(ours, theirs, as_type=as_type, but=[*levels_of(theirs)][1:] if is_uneven(theirs) else [])


def same_boxes(made, image, name):
    same_rois(*(open_ome_zarr_container(path).get_masking_roi_table(name) for path in (made, image)), name)


def same_rois(ours, theirs, name):
    """Raises where two tables differ in an ROI or its box, by more than the last digits."""
    ours, theirs = rois_of(ours), rois_of(theirs)
    same(sorted(ours), sorted(theirs), f"the ROIs of {name}")
    for roi, box in theirs.items():
        same(list(ours[roi]), list(box), f"the axes of {roi} in {name}")
        np.testing.assert_allclose([*ours[roi].values()], [*box.values()], rtol=1e-12, err_msg=f"the box of {roi} in {name}")


def rois_of(table):
    by_axis = lambda roi: sorted(roi.slices, key=lambda one: one.axis_name)
    return {roi.get_name(): {one.axis_name: (one.start, one.length) for one in by_axis(roi)} for roi in table.rois()}


RUN = {
    "Threshold Segmentation": run_segmentation,
    "Measure Features": run_features,
    "Illumination Correction": run_illumination,
    "Project Image (HCS Plate)": run_projection_in_plate,
    "Project Image": run_projection,
}

for case in json.loads((ROOT / "tasks.json").read_text("utf-8")):
    fractal = case.get("fractal")
    if not fractal:
        continue
    with check(f"Fractal makes the same: {case['what']}"), tempfile.TemporaryDirectory() as scratch:
        same(version(fractal["package"]), fractal["version"], f"the version of {fractal['package']}")
        require_valid(fractal["task"], fractal["arguments"])
        shutil.copytree(ROOT / "before", scratch, dirs_exist_ok=True)
        RUN[fractal["task"]](Path(scratch) / case["image"], ROOT / case["after"] / case["image"], fractal["arguments"], case["output"])
