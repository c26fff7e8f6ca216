/** Which segmentations are compared: those that Fractal has words for, and those it has not, with what is said of them. */
import {
  byLabel,
  byTable,
  FOVS,
  label,
  MASKED,
  ODD,
  PLANE,
  REGIONS,
  segment,
  type TaskCase,
  TIMES,
  wavelength,
} from "./task-case.ts";

/** What the plate has before the comparison, by the labels' names. */
export const prepared: Readonly<Record<string, readonly TaskCase[]>> = {
  cells: [
    segment({ sigma: 1, minimumSize: 20, maskingTable: true }, FOVS),
    segment({ sigma: 1, minimumSize: 20, maskingTable: true }, { ...PLANE, ...FOVS }),
    segment({ sigma: 1 }, { ...TIMES, ...FOVS }),
    segment({ sigma: 1 }, { ...ODD, ...FOVS }),
  ],
  coarse: [
    segment({ sigma: 1, resolution: "level" }, { level: "1", ...FOVS }),
    segment({ sigma: 1, resolution: "level" }, { ...PLANE, level: "2", ...FOVS }),
  ],
};

export const segmentations: Readonly<Record<string, TaskCase>> = {
  "a volume, field by field": segment({}, FOVS),
  "a volume as a whole": segment({ channel: label("β-actin"), sigma: 0 }),
  "overlapping regions between pixels": segment({ sigma: 1.3 }, REGIONS),
  "a coarse level": segment({ channel: wavelength("A02_C02") }, { level: "1", ...FOVS }),
  "regions on a coarse level": segment({ sigma: 0.8 }, { level: "1", ...REGIONS }),
  "the coarsest level": segment({ sigma: 0 }, { level: "2", ...FOVS }),
  "a fixed threshold": segment({ sigma: 0, threshold: { kind: "fixed", value: 700 } }, FOVS),
  // Two objects have just as many voxels.
  "a size filter": segment({ minimumSize: 26 }, FOVS),
  "a median": segment({ medianSize: 3, sigma: 0 }, FOVS),
  "an even median, then a Gaussian": segment(
    { medianSize: 2, sigma: 0.7 },
    { level: "1", ...REGIONS },
  ),
  equalized: segment({ equalize: true, sigma: 0 }, FOVS),
  "every filter": segment({ medianSize: 4, equalize: true, sigma: 1, minimumSize: 26 }, REGIONS),
  "a masking table is made": segment({ maskingTable: true }, FOVS),
  "a plane": segment({ channel: label("Lamin B1") }, { ...PLANE, ...FOVS }),
  "regions of a plane": segment({ minimumSize: 16 }, { ...PLANE, ...REGIONS, level: "1" }),
  "every filter on a plane": segment(
    { medianSize: 3, equalize: true, sigma: 1, minimumSize: 23 },
    { ...PLANE, ...FOVS },
  ),
  "an odd plane": segment({ sigma: 1 }, { ...ODD, ...REGIONS }),
  "an odd plane, coarse": segment({ sigma: 1 }, { ...ODD, ...REGIONS, level: "1" }),
  "an odd plane, coarsest": segment({ sigma: 0 }, { ...ODD, ...FOVS, level: "2" }),
  Triangle: segment(
    { threshold: { kind: "triangle" } },
    { ...FOVS, unsaid: ["Triangle: Fractal offers Otsu or a fixed threshold"] },
  ),
  "Triangle on a plane, unsmoothed": segment(
    { threshold: { kind: "triangle" }, sigma: 0 },
    { ...PLANE, ...REGIONS, unsaid: ["Triangle: Fractal offers Otsu or a fixed threshold"] },
  ),
  Li: segment(
    { threshold: { kind: "li" } },
    { ...FOVS, level: "1", unsaid: ["Li: Fractal offers Otsu or a fixed threshold"] },
  ),
  "Li on a plane, unsmoothed": segment(
    { threshold: { kind: "li" }, sigma: 0 },
    { ...PLANE, ...REGIONS, unsaid: ["Li: Fractal offers Otsu or a fixed threshold"] },
  ),
  "filled holes": segment(
    { fillHoles: true, sigma: 0.5 },
    { ...FOVS, unsaid: ["Fill holes: Fractal leaves them open"] },
  ),
  "filled holes of a plane": segment(
    { fillHoles: true, sigma: 0.5 },
    { ...PLANE, ...FOVS, unsaid: ["Fill holes: Fractal leaves them open"] },
  ),
  "split in a volume": segment(
    { splitDistance: 3, sigma: 1 },
    { ...FOVS, unsaid: ["Split distance: Fractal leaves touching objects together"] },
  ),
  "filled, split, cleared and filtered on a plane": segment(
    { fillHoles: true, splitDistance: 2, clearBorder: true, minimumSize: 15, sigma: 1 },
    {
      ...PLANE,
      ...REGIONS,
      unsaid: [
        "Fill holes: Fractal leaves them open",
        "Split distance: Fractal leaves touching objects together",
        "Clear border: Fractal keeps objects that the border of the ROI cuts",
      ],
    },
  ),
  "cleared in a volume": segment(
    { clearBorder: true },
    { ...FOVS, unsaid: ["Clear border: Fractal keeps objects that the border of the ROI cuts"] },
  ),
  "cleared on a plane": segment(
    { clearBorder: true },
    {
      ...PLANE,
      ...FOVS,
      unsaid: ["Clear border: Fractal keeps objects that the border of the ROI cuts"],
    },
  ),
  "some of the ROIs": segment(
    {},
    {
      ...FOVS,
      choose: (rois) => rois.slice(1, 3),
      unsaid: ['Only 2 of the 4 ROIs of "FOV_ROI_table": Fractal runs on all of a table'],
    },
  ),
  "a label of the level alone": segment(
    { resolution: "level" },
    {
      ...FOVS,
      level: "1",
      unsaid: [
        'A label with the pixels of level "1" alone: Fractal gives a label all levels of its image; choose the resolution of the image',
      ],
    },
  ),
  "one time point": segment(
    { sigma: 0 },
    {
      ...TIMES,
      t: 1,
      ...FOVS,
      unsaid: ["Only time point 1: Fractal segments all 2"],
    },
  ),
  "masked by a table": segment({ sigma: 1, masking: byTable }, MASKED),
  "masked by a table, another channel, coarse": segment(
    { channel: label("β-actin"), sigma: 0, masking: byTable },
    { level: "1", ...MASKED },
  ),
  "masked by a table, every filter before": segment(
    { medianSize: 3, equalize: true, sigma: 1, masking: byTable },
    { ...PLANE, ...MASKED },
  ),
  "masked by a label": segment({ sigma: 0.7, masking: byLabel }),
  "masked by a label, on a plane": segment({ sigma: 0, masking: byLabel }, PLANE),
  "masked and filtered by size": segment(
    { sigma: 1, masking: byTable, minimumSize: 5 },
    {
      ...MASKED,
      unsaid: [
        "Minimum size with masking: Fractal's size filter also takes away what reaches into an object's box from its neighbours",
      ],
    },
  ),
  "fields confined to all objects": segment(
    { sigma: 1, masking: byTable },
    {
      ...FOVS,
      unsaid: [
        "Masking of ROIs that are about no object: Fractal goes from object to object",
        "Masking by another table than that of the ROIs: Fractal goes over the table that masks",
      ],
    },
  ),
};
