/** Which measurements, corrections and projections are compared, with what is said of those that Fractal has no words for. */
import {
  correct,
  FOVS,
  file,
  label,
  measure,
  ODD,
  PLANE,
  profiles,
  project,
  REGIONS,
  type TaskCase,
  TIMES,
  wavelength,
} from "./task-case.ts";

export const others: Readonly<Record<string, TaskCase>> = {
  "features of a volume, field by field": measure({}, FOVS),
  "features of a volume as a whole": measure({ shape: "hull" }),
  "features of regions that cut objects, in pixels": measure(
    { inPixels: true, shape: "hull" },
    REGIONS,
  ),
  "features of a coarser label": measure({ label: "coarse" }, FOVS),
  "features of a finer label": measure({}, { level: "2", ...FOVS }),
  "intensities of one channel": measure({ shape: "none", channels: [label("β-actin")] }, FOVS),
  "intensities by wavelength and index": measure(
    { channels: [wavelength("A01_C01"), { mode: "index", identifier: "1" }] },
    FOVS,
  ),
  "features of a plane": measure({ shape: "hull" }, { ...PLANE, ...FOVS }),
  "features of a plane as a whole, as CSV": measure({ backend: "csv" }, PLANE),
  "features of a plane with a coarser label": measure(
    { label: "coarse", inPixels: true },
    { ...PLANE, ...FOVS },
  ),
  "features of a coarser label, in regions between pixels": measure(
    { label: "coarse" },
    { ...PLANE, ...REGIONS },
  ),
  "features at each time": measure({}, { ...TIMES, ...FOVS }),
  "features of an odd plane": measure({ shape: "hull" }, { ...ODD, ...FOVS }),
  "features of pixels that are not square": measure(
    {},
    {
      ...ODD,
      level: "1",
      unsaid: [
        "Shape of pixels that are not square: Fractal measures perimeters of square ones alone",
      ],
    },
  ),
  "features of such pixels, in pixels": measure(
    { inPixels: true },
    { ...ODD, level: "1", ...FOVS },
  ),
  "features of channels out of order": measure(
    { channels: [label("β-actin"), label("DAPI")] },
    {
      ...FOVS,
      unsaid: [
        "Channels in another order than the image's: Fractal would name their columns by each other",
      ],
    },
  ),
  "features of channels that Fractal mixes up": measure(
    { channels: [1, 2].map((c) => ({ mode: "index", identifier: String(c) })) },
    {
      ...PLANE,
      ...FOVS,
      unsaid: [
        'Channel "1" beside these others: Fractal would take its columns for those of another channel; choose channels by label',
      ],
    },
  ),
  "flat fields": correct({ profiles: profiles(2) }, FOVS),
  "flat fields and a constant": correct({ profiles: profiles(2, { background: 210 }) }, FOVS),
  "flat and dark fields, in place": correct(
    { profiles: profiles(2, { dark: file("dark.png") }), inPlace: true },
    FOVS,
  ),
  "flat fields of a time series": correct(
    { profiles: profiles(2, { flat: file("flat-small.png") }) },
    { ...TIMES, ...FOVS },
  ),
  "flat fields of a plane": correct(
    { profiles: profiles(3, { flat: file("flat-plane.png"), dark: file("flat-plane.png") }) },
    { ...PLANE, ...FOVS },
  ),
  "estimated flat fields, dark fields and constants": correct(
    {
      profiles: profiles(2, { flat: { kind: "estimated" }, dark: file("dark.png"), background: 9 }),
    },
    {
      ...FOVS,
      unsaid: [
        'The estimated flat field of channel "DAPI": Fractal reads it from a file',
        'The estimated flat field of channel "β-actin": Fractal reads it from a file',
        "Dark fields and constant backgrounds at once: Fractal takes off one or the other",
      ],
    },
  ),
  "the largest value along z": project("max"),
  "the smallest value along z": project("min"),
  "the mean along z": project("mean"),
  "the sum along z": project("sum"),
  "the mean along z at each time": project("mean", TIMES),
  "the sum along z outside of a plate": project("sum", {
    image: "volume.zarr",
    outputName: "sum of volume.zarr",
  }),
  "a projection of a coarse level": project("max", {
    level: "1",
    unsaid: ['Level "1": Fractal projects the finest level, and makes the others from it'],
  }),
  "a new image of another type": correct(
    { profiles: profiles(1, { flat: file("flat-odd.png") }) },
    {
      ...ODD,
      roiTable: "well_ROI_table",
      unsaid: ["Pixels of int16: Fractal's new image is of uint16, which does not hold them"],
    },
  ),
  "pixels of another type, in place": correct(
    { profiles: profiles(1, { flat: file("flat-odd.png") }), inPlace: true },
    { ...ODD, roiTable: "well_ROI_table" },
  ),
};
