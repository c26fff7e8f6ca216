/** The tasks there are, as the page shows them: names and parameters, without the code that computes. */

/** How nuclei are told from background: voxels above the threshold are foreground. */
export type Threshold =
  /** Found in each ROI from its own pixels. */
  | { readonly kind: "otsu" | "triangle" | "li" }
  | { readonly kind: "fixed"; readonly value: number };

/** Parameters of "Label nuclei"; lengths are in pixels of the level that is read. */
export interface LabelNucleiParams {
  /** Gaussian smoothing in y and x before the threshold; 0 for none. */
  readonly sigma: number;
  readonly threshold: Threshold;
  /** Background enclosed by an object becomes part of it. */
  readonly fillHoles: boolean;
  /** Touching objects are split where their middles are at least so far apart; 0 splits none. */
  readonly splitDistance: number;
  /** Objects of fewer voxels are dropped; 0 keeps all. */
  readonly minimumSize: number;
}

/** What the page needs to offer a task. */
export interface TaskToken {
  readonly id: "label-nuclei";
  readonly title: string;
  readonly summary: string;
  readonly defaults: LabelNucleiParams;
}

/** Smooth, threshold, number: Fractal's "Threshold Segmentation" with its defaults, and what is small dropped. */
export const labelNucleiTask: TaskToken = {
  id: "label-nuclei",
  title: "Label nuclei",
  summary:
    "Smooths each ROI, splits bright from dark at a threshold, and numbers the connected bright objects",
  defaults: {
    sigma: 2,
    threshold: { kind: "otsu" },
    fillHoles: false,
    splitDistance: 0,
    minimumSize: 20,
  },
};

/** The longest smoothing offered; a kernel this wide already spans most ROIs. */
const WIDEST_SIGMA = 100;

/** Why parameters cannot be used, as a sentence; undefined where they can. */
export function paramsProblem(params: LabelNucleiParams): string | undefined {
  const { sigma, threshold, splitDistance, minimumSize } = params;
  if (!(sigma >= 0 && sigma <= WIDEST_SIGMA))
    return `Smoothing must be between 0 and ${WIDEST_SIGMA} pixels, not ${sigma}`;
  if (threshold.kind === "fixed" && !Number.isFinite(threshold.value))
    return "A fixed threshold must be a number";
  if (!(Number.isInteger(splitDistance) && splitDistance >= 0))
    return `The distance between split objects must be a whole number of pixels, not ${splitDistance}`;
  if (!(Number.isInteger(minimumSize) && minimumSize >= 0))
    return `The smallest object must be a whole number of pixels, not ${minimumSize}`;
  return undefined;
}
