/** How a task's parameters are described: the form, the check of a recipe, and reading one from a file follow from it. */
import type { Json } from "../base/json.ts";
import type { Channel } from "../ome/multiscale.ts";

/** How objects are told from background: voxels above the threshold are foreground. */
export type Threshold =
  /** Found in each ROI from its own pixels. */
  | { readonly kind: "otsu" | "triangle" | "li" }
  | { readonly kind: "fixed"; readonly value: number };

/** A channel by what it is called, so that a recipe fits other images too; as fractal-tasks-core's `InputChannel`. */
export interface ChannelRef {
  readonly mode: "label" | "wavelength_id" | "index";
  /** For an index: its decimal digits. */
  readonly identifier: string;
}

/** Which objects confine what is processed: each ROI to the object it is about, or where it is about none, to all. */
export type Masking =
  | { readonly kind: "none" }
  /** A masking ROI table: its rows are the objects of the label that its `region` names. */
  | { readonly kind: "table"; readonly name: string }
  | { readonly kind: "label"; readonly name: string };

/** Where a profile, one plane of a field of view's size, comes from. */
export type ProfileSource =
  /** A TIFF or PNG file that the user picked: its pixels come with the job, by this name (`Job.profiles`). */
  | { readonly kind: "file"; readonly name: string }
  /** A Zarr array of two axes, y and x, at a path inside the image's own store. */
  | { readonly kind: "array"; readonly path: string };

/**
 * How a channel is corrected. A form offers a row for every channel of the image, flat field estimated until a file or a
 * path is given; for a file `readProfile` makes the pixels that go with the job.
 */
export interface ChannelProfiles {
  readonly channel: ChannelRef;
  /** How brightly each pixel is lit. */
  readonly flat: ProfileSource | { readonly kind: "estimated" };
  /** What each pixel shows without light. */
  readonly dark?: ProfileSource;
  /** Is taken off every pixel, after the dark field; a whole number. */
  readonly background: number;
}

/** What a value of each kind is. */
export interface FieldValues {
  number: number;
  switch: boolean;
  choice: string;
  /** The name of a label of the image; "" for none. */
  label: string;
  threshold: Threshold;
  channel: ChannelRef;
  /** None named means all. */
  channels: readonly ChannelRef[];
  masking: Masking;
  profiles: readonly ChannelProfiles[];
}

interface Said {
  readonly title: string;
  /** What it does, in a sentence without a full stop. */
  readonly hint: string;
  /** Shown where another parameter has one of these values; always, unless given. */
  readonly when?: { readonly param: string; readonly is: readonly Json[] };
  /** Kept folded away until it is asked for, or is not as by default. */
  readonly isAdvanced?: true;
}

interface FieldKinds {
  number: {
    readonly min: number;
    readonly max: number;
    readonly isWhole?: true;
    /** Lengths are in pixels of the level that is read. */
    readonly unit?: "px" | "voxels";
  };
  switch: unknown;
  choice: { readonly options: readonly { readonly value: string; readonly title: string }[] };
  /** Whether none may be chosen, and what that is called. */
  label: { readonly none?: string };
  threshold: unknown;
  channel: unknown;
  channels: unknown;
  masking: unknown;
  profiles: unknown;
}

export type FieldKind = keyof FieldValues;
type FieldOf<K extends FieldKind> = { readonly kind: K } & Said & FieldKinds[K];
export type Field = { [K in FieldKind]: FieldOf<K> }[FieldKind];

/** A field beside a value of its kind: a switch over the kind knows both. */
export type FilledField = {
  [K in FieldKind]: {
    readonly kind: K;
    readonly field: FieldOf<K>;
    readonly value: FieldValues[K];
  };
}[FieldKind];

/** The kinds of field that can hold values of a type. */
type FieldFor<T> = { [K in FieldKind]: T extends FieldValues[K] ? FieldOf<K> : never }[FieldKind];

/** A field for each parameter, in the order of the form. */
export type Schema<P> = { readonly [Name in keyof P]-?: FieldFor<P[Name]> };

/** Why parameters are not what a schema asks for, as a sentence; undefined where they are. */
export function valuesProblem(
  schema: Readonly<Record<string, Field>>,
  values: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [name, field] of Object.entries(schema)) {
    const problem = fieldProblem(field, values[name]);
    if (problem !== undefined) return `${field.title} ${problem}`;
  }
  const extra = Object.keys(values).find((name) => !(name in schema));
  return extra === undefined ? undefined : `There is no parameter "${extra}"`;
}

/** Why a value is not what its field asks for: the end of a sentence that begins with the field's title. */
export function fieldProblem(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case "number":
      return numberProblem(field, value);
    case "switch":
      return typeof value === "boolean" ? undefined : "must be on or off";
    case "choice":
      return field.options.some((option) => option.value === value)
        ? undefined
        : `must be one of ${field.options.map((option) => `"${option.value}"`).join(", ")}`;
    case "label":
      return labelProblem(field, value);
    case "threshold":
      return isThreshold(value) ? undefined : "must be Otsu, Triangle, Li or a number";
    case "channel":
      return isChannelRef(value) ? undefined : CHANNEL;
    case "channels":
      return Array.isArray(value) && value.every(isChannelRef) ? undefined : CHANNEL;
    case "masking":
      return isMasking(value) ? undefined : "must be none, or name a masking table or a label";
    case "profiles":
      return profilesProblem(value);
  }
}

const CHANNEL = "must name a channel by label, wavelength or index";

function labelProblem({ none }: FieldOf<"label">, value: unknown): string | undefined {
  if (typeof value !== "string") return "must be the name of a label";
  return value !== "" || none !== undefined ? undefined : "must be chosen";
}

function numberProblem(
  { min, max, isWhole, unit }: FieldOf<"number">,
  value: unknown,
): string | undefined {
  const isOne = typeof value === "number" && value >= min && value <= max;
  if (isOne && (!isWhole || Number.isInteger(value))) return undefined;
  const range = max === Number.POSITIVE_INFINITY ? `${min} or more` : `between ${min} and ${max}`;
  return `must be ${isWhole ? "a whole number" : "a number"} ${range}${unit ? ` (${unit})` : ""}`;
}

function isThreshold(value: unknown): value is Threshold {
  if (!isRecord(value)) return false;
  if (value["kind"] === "fixed") return Number.isFinite(value["value"]);
  return ["otsu", "triangle", "li"].some((kind) => kind === value["kind"]);
}

function isMasking(value: unknown): value is Masking {
  if (!isRecord(value)) return false;
  const { kind, name } = value;
  if (kind === "none") return true;
  return (kind === "table" || kind === "label") && typeof name === "string" && name !== "";
}

function profilesProblem(value: unknown): string | undefined {
  if (!(Array.isArray(value) && value.every(isRecord)))
    return "must be a list, with an entry per channel";
  if (!value.every(({ channel }) => isChannelRef(channel))) return CHANNEL;
  const isFlat = (flat: unknown): boolean =>
    isProfileSource(flat) || (isRecord(flat) && flat["kind"] === "estimated");
  if (
    !value.every(({ flat, dark }) => isFlat(flat) && (dark === undefined || isProfileSource(dark)))
  )
    return "must be files, arrays by their paths, or (flat fields) estimated";
  return value.every(({ background }) => Number.isSafeInteger(background))
    ? undefined
    : "must have a whole number as the background of each channel";
}

function isProfileSource(value: unknown): value is ProfileSource {
  if (!isRecord(value)) return false;
  const { kind, name, path } = value;
  const said = kind === "file" ? name : kind === "array" ? path : undefined;
  return typeof said === "string" && said !== "";
}

function isChannelRef(value: unknown): value is ChannelRef {
  if (!isRecord(value)) return false;
  const { mode, identifier } = value;
  if (typeof identifier !== "string") return false;
  return (
    mode === "label" || mode === "wavelength_id" || (mode === "index" && /^\d+$/.test(identifier))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The channel that is meant; undefined where the image has none such. The first of several of one name, as ngio has it. */
export function channelOf(
  channels: readonly Channel[],
  { mode, identifier }: ChannelRef,
): Channel | undefined {
  switch (mode) {
    case "label":
      return channels.find(({ label }) => label === identifier);
    case "wavelength_id":
      return channels.find(({ wavelengthId }) => wavelengthId === identifier);
    case "index":
      return channels[Number(identifier)];
  }
}

/** Why there is no such channel, as a sentence. */
export function noChannel(channels: readonly Channel[], { mode, identifier }: ChannelRef): string {
  const has = channels.map(({ label, wavelengthId, index }) =>
    mode === "index" ? index : `"${mode === "label" ? label : (wavelengthId ?? "")}"`,
  );
  const by = { label: "labelled", wavelength_id: "of wavelength", index: "at index" }[mode];
  return `The image has no channel ${by} ${mode === "index" ? identifier : `"${identifier}"`}; it has ${has.join(", ")}`;
}
