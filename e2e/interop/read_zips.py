"""Opens the zipped images that Fovea exported with zarr and ngio, and compares them with the pixels they were cut from."""

import sys
from pathlib import Path

import zarr
from exchange import check, load_expected, load_pixels, same, same_pixels
from ngio import open_ome_zarr_container

root = Path(sys.argv[1])

for expected in load_expected(root)["images"]:
    [level] = expected["levels"]
    file = f"{expected['path']}.zip"
    with check(f"{file}: zarr's array"):
        group = zarr.open_group(zarr.storage.ZipStore(root / file, mode="r"), mode="r")
        same(group.metadata.zarr_format, expected["zarrFormat"], "the Zarr format")
        same_pixels(group[level["name"]][...], load_pixels(root, level["data"]), "zarr's array")
    with check(f"{file}: ngio's image"):
        container = open_ome_zarr_container(group, mode="r")
        same(container.channel_labels, expected["channels"], "the list of channels")
        image = container.get_image()
        scale = [getattr(image.pixel_size, axis) for axis in "tzyx"]
        same(scale, [level["scale"][expected["axes"].index(axis)] for axis in "tzyx"], "the scale")
        same_pixels(image.get_as_numpy(), load_pixels(root, level["data"]), "ngio's array")
