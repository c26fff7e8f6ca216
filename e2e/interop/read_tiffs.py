"""Opens the OME-TIFFs that Fovea exported with tifffile, and compares pixels, pixel sizes and channel names."""

import sys
from pathlib import Path
from xml.etree import ElementTree

from exchange import check, load_expected, load_pixels, same, same_pixels
from tifffile import TiffFile

root = Path(sys.argv[1])
OME = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"

for expected in load_expected(root)["images"]:
    [level] = expected["levels"]
    file = expected["path"].replace(".zarr", ".tif")
    with check(f"{file}: pixels"), TiffFile(root / file) as tiff:
        [series] = tiff.series
        same((tiff.is_ome, series.axes), (True, "TCZYX"), "what tifffile takes it for")
        same(series.dtype.name, level["dtype"], "the type")
        same_pixels(series.asarray(), load_pixels(root, level["data"]), "tifffile's array")
    with check(f"{file}: pixel sizes and channel names"), TiffFile(root / file) as tiff:
        pixels = ElementTree.fromstring(tiff.ome_metadata).find(f"{OME}Image/{OME}Pixels")
        sizes = [(float(pixels.get(f"PhysicalSize{axis}")), pixels.get(f"PhysicalSize{axis}Unit")) for axis in "ZYX"]
        same(sizes, [(size, "µm") for size in level["scale"][2:]], "the pixel sizes")
        names = [channel.get("Name") for channel in pixels.iter(f"{OME}Channel")]
        same(names, expected["channels"], "the list of channels")
