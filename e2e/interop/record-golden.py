"""Records what scikit-image, scipy and Fractal make of small arrays, for the tests of src/tasks/kernels.

To record anew, with the environment B that `npm run interop` makes (its path is in the first lines of environments.mjs):
    <environment b>/bin/python e2e/interop/record-golden.py && npx biome format --write src/tasks/kernels/golden.json
"""

import os

# The vectorised exp and log of numpy are not correctly rounded; without them it calls the C library's, which are.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "X86_V4 AVX512_ICL AVX512_SPR"

import json
import warnings
from pathlib import Path

import numpy as np
from fractal_tasks_core.illumination_correction import correct
from fractal_tasks_utils.transforms import GaussianBlurConfig, HistogramEqualizationConfig, MedianFilterConfig, SizeFilterConfig
from scipy import ndimage
from scipy.ndimage._filters import _gaussian_kernel1d
from skimage.feature import peak_local_max
from skimage.filters import threshold_li, threshold_otsu, threshold_triangle
from skimage.measure import label
from skimage.segmentation import clear_border, watershed

warnings.filterwarnings("ignore")
random = np.random.default_rng(7)


def picture(shape, objects):
    """Round objects, some of which touch, on a noisy background."""
    places = np.indices(shape)
    light = np.full(shape, 300.0)
    for _ in range(objects):
        middle = [random.uniform(0, length) for length in shape]
        squares = sum(((place - at) * (2 if axis < len(shape) - 2 else 1)) ** 2 for axis, (place, at) in enumerate(zip(places, middle)))
        light[squares < random.uniform(2, 5) ** 2] = random.uniform(900, 3000)
    return (light + random.normal(0, 40, shape)).clip(0, 65535).astype(np.uint16)


def stored(array):
    """An array as its shape in z, y, x and its values in a string, which keep the file short and take any formatting."""
    shape = (1,) * (3 - array.ndim) + array.shape
    values = array.astype(np.uint8) if array.dtype == bool else array
    return {"shape": list(shape), "values": " ".join(repr(value) for value in values.ravel().tolist())}


def peaks_of(distance, labels, minimum):
    peaks = np.zeros(labels.shape, dtype=bool)
    peaks[tuple(peak_local_max(distance, min_distance=minimum, labels=labels, exclude_border=False).T)] = True
    return label(peaks)


def record(image):
    axes = ("z", "y", "x")[-image.ndim :]
    is_volume = image.ndim == 3
    smooth = GaussianBlurConfig(sigma_xy=1.5, sigma_z=0.8 if is_volume else None).to_transform().apply(image, axes)
    mask = image > threshold_otsu(image)
    holes = mask & (random.random(image.shape) > 0.1)
    distance = ndimage.distance_transform_edt(mask)
    labels = label(mask)
    peaks = {name: peaks_of(distance, labels, minimum) for name, minimum in (("1", 1), ("3", 3))}
    flood = lambda markers, connectivity: watershed(-distance, markers, connectivity, mask=mask)
    seeds = np.zeros(image.shape, dtype=np.int32)
    inside = np.flatnonzero(mask)
    seeds.ravel()[random.choice(inside, 9, replace=False)] = np.arange(1, 10)
    steps = random.integers(0, 3, image.shape)
    equalized = HistogramEqualizationConfig().to_transform()
    tiled = HistogramEqualizationConfig(kernel_size_xy=7, kernel_size_z=2, clip_limit=0.05, nbins=64).to_transform()
    median = lambda size, depth: MedianFilterConfig(size_xy=size, size_z=depth if is_volume else None).to_transform().apply(image, axes)
    arrays = {
        "image": image,
        "gaussian": smooth,
        "median2": median(2, None),
        "median3": median(3, None),
        "median4": median(4, 3),
        "medianSmooth": MedianFilterConfig(size_xy=3).to_transform().apply(smooth, axes),
        "equalized": equalized.apply(image, axes),
        "equalizedTiled": tiled.apply(image, axes),
        "mask": mask,
        "labels": labels,
        "sizeFiltered": SizeFilterConfig(min_size=12).to_transform().apply(labels),
        "borderCleared": clear_border(labels),
        "withHoles": holes,
        "filled": ndimage.binary_fill_holes(holes),
        "squaredDistances": np.rint(distance**2).astype(np.int64),
        "peaks1": peaks["1"],
        "peaks3": peaks["3"],
        "seeds": seeds,
        "flooded": flood(seeds, 1),
        "floodedPeaks": flood(peaks["1"], 1),
        "split": flood(peaks["3"], image.ndim),
        # All as low as each other: who comes first decides.
        "evenlyFlooded": watershed(np.zeros(image.shape), seeds),
        "steps": steps,
        "steppedFlooded": watershed(steps, seeds, image.ndim),
        "evenlyFloodedAll": watershed(np.zeros(image.shape), seeds, image.ndim),
    }
    thresholds = {
        name: [float(threshold(image)), float(threshold(smooth))]
        for name, threshold in (("otsu", threshold_otsu), ("triangle", threshold_triangle), ("li", threshold_li))
    }
    thresholds["triangleMirrored"] = [float(threshold_triangle(65535 - image)), float(threshold_triangle(-smooth))]
    return {**{name: stored(array) for name, array in arrays.items()}, "thresholds": thresholds}


def record_illumination(image):
    """Fractal's own function on a plane that leaves its type's range in places, with profiles as files hold them."""
    bright = (image * 34.0).clip(0, 65535).astype(np.uint16)
    y, x = np.indices(image.shape) / 20 - 0.5
    flat = (50000 * (1 - 0.7 * (x * x + y * y)) + random.uniform(0, 900, image.shape)).astype(np.uint16)
    dark = random.integers(80, 7000, image.shape).astype(np.uint16)
    single = (flat / 65535).astype(np.float32)
    gain = flat / flat.max()
    cases = {
        "flat": correct(bright[None], gain),
        "dark": correct(bright[None], gain, dark),
        "background": correct(bright[None], gain, None, 6100),
        "single": correct(bright[None], single / single.max()),
        "singleDark": correct(bright[None], single / single.max(), dark),
    }
    inputs = {"bright": bright, "flatField": flat, "darkField": dark, "singleField": single}
    return {name: stored(array) for name, array in {**inputs, **cases}.items()}


plane = picture((18, 22), 7)
volume = picture((4, 9, 10), 5)
weights = {str(sigma): stored(_gaussian_kernel1d(sigma, 0, int(4 * sigma + 0.5))) for sigma in (0.7, 2, 18)}
golden = {"weights": weights, "plane": record(plane), "volume": record(volume), "illumination": record_illumination(plane[:9, :20])}
target = Path(__file__).parents[2] / "src/tasks/kernels/golden.json"
target.write_text(json.dumps(golden, indent=2) + "\n")
print(f"{target}: {target.stat().st_size} bytes")
