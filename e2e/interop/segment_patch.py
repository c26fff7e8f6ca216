"""What Fovea segments and Fractal has no words for, composed of scikit-image and scipy: the steps of one recipe on all its ROIs."""

import numpy as np
from fractal_tasks_utils.transforms import GaussianBlurConfig, HistogramEqualizationConfig, MedianFilterConfig
from scipy import ndimage
from skimage.feature import peak_local_max
from skimage.filters import threshold_li, threshold_otsu, threshold_triangle
from skimage.measure import label
from skimage.morphology import remove_small_objects
from skimage.segmentation import clear_border, relabel_sequential, watershed

THRESHOLDS = {"otsu": threshold_otsu, "triangle": threshold_triangle, "li": threshold_li}


def segmented(pixels, boxes, params):
    """Labels of the shape of the pixels, which are z, y, x or y, x: one box after the other, ids counted on."""
    labels = np.zeros(pixels.shape, dtype=np.uint32)
    count = 0
    for box in boxes:
        place = tuple(slice(low, high) for low, high in zip(*box))[-pixels.ndim :]
        found = relabel_sequential(segment_patch(pixels[place], params))[0].astype(np.uint32)
        labels[place] = np.where(found, found + count, 0)
        count += int(found.max())
    return labels


def segment_patch(patch, params):
    method = params["threshold"]
    smooth = filtered(patch, params)
    mask = smooth > (method["value"] if method["kind"] == "fixed" else THRESHOLDS[method["kind"]](smooth))
    if params["fillHoles"]:
        mask = ndimage.binary_fill_holes(mask)
    labels = split(mask, params["splitDistance"]) if params["splitDistance"] else label(mask)
    if params["clearBorder"]:
        labels = clear_border(labels)
    return remove_small_objects(labels, max_size=params["minimumSize"] - 1) if params["minimumSize"] else labels


def filtered(patch, params):
    axes = ("z", "y", "x")[-patch.ndim :]
    if params["medianSize"] > 1:
        patch = MedianFilterConfig(size_xy=params["medianSize"]).to_transform().apply(patch, axes)
    if params["equalize"]:
        patch = HistogramEqualizationConfig().to_transform().apply(patch, axes)
    if params["sigma"]:
        patch = GaussianBlurConfig(sigma_xy=params["sigma"]).to_transform().apply(patch, axes)
    return patch


def split(mask, least):
    """Basins of the distance to the background, flooded over all neighbours from the peaks of each connected object."""
    distance = ndimage.distance_transform_edt(mask)
    peaks = np.zeros(mask.shape, dtype=bool)
    peaks[tuple(peak_local_max(distance, min_distance=least, labels=label(mask), exclude_border=False).T)] = True
    return watershed(-distance, label(peaks), connectivity=mask.ndim, mask=mask)
