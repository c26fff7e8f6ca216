/** A link as text: what of an open image is looked at, as the parameters of an address, and read back from them. */
import { decoded } from "../base/decoded.ts";
import { labelIdOf } from "../ome/label-id.ts";
import type { PlaneRange } from "../ome/maximum.ts";
import { type LinkedLabel, labelsIn, labelsText } from "./link-labels.ts";
import { type LinkedList, listIn, listTexts } from "./link-list.ts";
import type { LabelObject } from "./view.ts";

/** A channel that is drawn; those not in the link are off. */
export interface LinkedChannel {
  readonly index: number;
  /** 24-bit RGB. */
  readonly color: readonly [r: number, g: number, b: number];
  /** Values drawn black and full; undefined where they are found from the pixels. */
  readonly window: readonly [start: number, end: number] | undefined;
  /** Light is (place in the window) ^ gamma; 1 where a link does not say. */
  readonly gamma: number;
  /** The name of the lookup table that takes the colour's place. */
  readonly lut: string | undefined;
}

/** Where the camera is: the world point in the middle, and world units per CSS pixel, so that any screen shows the same scale. */
export interface LinkedCamera {
  readonly x: number;
  readonly y: number;
  readonly worldPerPixel: number;
  /** Over a plate, the path of the well whose world it is. */
  readonly well?: string | undefined;
}

/** Where the camera is that goes round a stack. */
export interface LinkedOrbit {
  /** The world point in the middle, and world units per CSS pixel. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly worldPerPixel: number;
  /** Degrees: 0 looks from the side, 90 from above; and round z. */
  readonly tilt: number;
  readonly turn: number;
  /** How much z is stretched. */
  readonly stretch: number;
}

/** What is shown beside the flat image, or in its place: the stack from its sides, ROIs as boxes in space. */
const PANES = ["sides", "space"] as const;
export type LinkedPane = (typeof PANES)[number];

/** What is drawn over the wells of a plate. */
const OVER_WELLS = ["fovs", "labels"] as const;
export type OverWells = (typeof OVER_WELLS)[number];

/** What wells are shown by; what was not chosen is as the plate's tables are first seen. */
export interface LinkedConditions {
  /** The name of a table of the plate. */
  readonly table?: string | undefined;
  /** The column that colours wells; "" for none. */
  readonly column?: string | undefined;
  /** The expression that leaves wells out. */
  readonly only?: string | undefined;
}

/** What of an image is looked at; what a link leaves out is as the image is first seen. */
export interface Linked {
  /** Of a plate, the path of the image in each well; its first one unless said otherwise. */
  readonly image?: string | undefined;
  readonly camera?: LinkedCamera | undefined;
  /** The planes whose maximum is drawn; a plane is where a link does not say. */
  readonly maximum?: PlaneRange | undefined;
  /** Plane of the finest level, and time point, both from 0. */
  readonly z?: number | undefined;
  readonly t?: number | undefined;
  readonly channels?: readonly LinkedChannel[] | undefined;
  /** The labels drawn over the image, lowest first. */
  readonly labels?: readonly LinkedLabel[] | undefined;
  /** The object that is picked. */
  readonly object?: LabelObject | undefined;
  /** The names of the selected ROIs. */
  readonly rois?: readonly string[] | undefined;
  /** How the ROIs of the table are listed and coloured. */
  readonly list?: LinkedList | undefined;
  readonly panes?: readonly LinkedPane[] | undefined;
  readonly orbit?: LinkedOrbit | undefined;
  readonly over?: readonly OverWells[] | undefined;
  readonly conditions?: LinkedConditions | undefined;
  /** Where the side panes cut the stack, in world units. */
  readonly crosshair?: { readonly x: number; readonly y: number } | undefined;
}

/** The parameters of what is looked at, in the order in which they are written. */
export function linkedQuery(linked: Linked): URLSearchParams {
  const { image, camera, z, maximum, t, channels, labels, object, rois } = linked;
  const { list, panes, orbit, over, conditions, crosshair } = linked;
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) query.set(name, String(value));
  };
  put("image", image);
  put("well", camera?.well);
  put("at", camera && `${camera.x},${camera.y}`);
  put("scale", camera?.worldPerPixel);
  put("z", z);
  put("maximum", maximum && `${maximum.from},${maximum.to - 1}`);
  put("t", t);
  put("channels", channels?.map(channelText).join(","));
  put("label", labels && labelsText(labels));
  put("object", object && `${object.label}/${object.id}`);
  for (const name of rois ?? []) query.append("roi", name);
  for (const [name, text] of Object.entries(listTexts(list ?? {}))) put(name, text);
  put("panes", panes?.join(","));
  put("orbit", orbit && ORBIT.map((name) => orbit[name]).join(","));
  put("over", over?.join(","));
  put("conditions", conditions && (conditions.table ?? ""));
  put("by", conditions?.column);
  put("only", conditions?.only);
  put("cross", crosshair && `${crosshair.x},${crosshair.y}`);
  return query;
}

/**
 * What a link says. A part of it that cannot be read is left out and told.
 * @returns sentences in `problems`
 */
export function readLinked(query: URLSearchParams): {
  readonly linked: Linked;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = <V>(name: string, parse: (text: string) => V | undefined): V | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    const value = parse(text);
    if (value === undefined)
      problems.push(`The link's "${name}=${text}" cannot be read and is left out`);
    return value;
  };
  const at = read("at", pointOf);
  const worldPerPixel = read("scale", positive);
  const well = query.get("well");
  const inWell = well === null ? {} : { well };
  const linked: Linked = {
    image: query.get("image") ?? undefined,
    camera: at && worldPerPixel !== undefined ? { ...at, worldPerPixel, ...inWell } : undefined,
    z: read("z", count),
    maximum: read("maximum", planesOf),
    t: read("t", count),
    channels: read("channels", channelsOf),
    labels: read("label", labelsIn),
    object: read("object", objectOf),
    rois: query.has("roi") ? query.getAll("roi") : undefined,
    list: listIn(read),
    panes: read("panes", wordsOf(PANES)),
    orbit: read("orbit", orbitOf),
    over: read("over", wordsOf(OVER_WELLS)),
    conditions: conditionsIn(query),
    crosshair: read("cross", pointOf),
  };
  return { linked, problems };
}

/** As people write addresses: the characters that a query may hold as they are stay as they are (RFC 3986, 3.4). */
export function queryText(query: URLSearchParams): string {
  return query
    .toString()
    .replace(/%2F/g, "/")
    .replace(/%3A/g, ":")
    .replace(/%2C/g, ",")
    .replace(/(^|&)demo=(?=&|$)/, "$1demo");
}

/** "0:ff8a1f:130:1800:g0.8:lviridis": index, colour, and the window, gamma and lookup table where there are any. */
function channelText({ index, color, window, gamma, lut }: LinkedChannel): string {
  const hex = color.map((part) => part.toString(16).padStart(2, "0")).join("");
  const curve = gamma === 1 ? [] : [`g${gamma}`];
  const table = lut === undefined ? [] : [`l${encodeURIComponent(lut)}`];
  return [index, hex, ...(window ?? []), ...curve, ...table].join(":");
}

function channelsOf(text: string): LinkedChannel[] | undefined {
  const channels = text === "" ? [] : text.split(",").map(channelOf);
  const whole = channels.filter((channel) => channel !== undefined);
  return whole.length === channels.length ? whole : undefined;
}

const CHANNEL = /^(\d+):([0-9a-f]{6})(?::([^:gl]+):([^:gl]+))?(?::g([^:]+))?(?::l([^:]+))?$/i;

function channelOf(text: string): LinkedChannel | undefined {
  const [, first = "", hex = "", low, high, curve = "1", table] = CHANNEL.exec(text) ?? [];
  const [index, gamma] = [count(first), positive(curve)];
  if (index === undefined || gamma === undefined) return undefined;
  const window = low === undefined || high === undefined ? undefined : spanOf(low, high);
  if (low !== undefined && window === undefined) return undefined;
  const value = Number.parseInt(hex, 16);
  return {
    index,
    color: [value >> 16, (value >> 8) & 255, value & 255],
    window,
    gamma,
    lut: table === undefined ? undefined : decoded(table),
  };
}

function spanOf(low: string, high: string): readonly [start: number, end: number] | undefined {
  const [start, end] = [finite(low), finite(high)];
  return start === undefined || end === undefined ? undefined : [start, end];
}

/** An empty name is that of no table. */
function conditionsIn(query: URLSearchParams): LinkedConditions | undefined {
  const table = query.get("conditions");
  if (table === null) return undefined;
  return {
    table: table || undefined,
    column: query.get("by") ?? undefined,
    only: query.get("only") ?? undefined,
  };
}

/** Reads words of a list, separated by commas. */
function wordsOf<W extends string>(list: readonly W[]): (text: string) => W[] | undefined {
  return (text) => {
    const words =
      text === "" ? [] : text.split(",").map((word) => list.find((one) => one === word));
    const known = words.filter((word) => word !== undefined);
    return known.length === words.length ? known : undefined;
  };
}

function pointOf(text: string): { readonly x: number; readonly y: number } | undefined {
  const [x, y, ...more] = text.split(",").map(finite);
  return x === undefined || y === undefined || more.length > 0 ? undefined : { x, y };
}

/** In the order in which they are written. */
const ORBIT = ["x", "y", "z", "worldPerPixel", "tilt", "turn", "stretch"] as const;

function orbitOf(text: string): LinkedOrbit | undefined {
  const parts = text.split(",").map(finite);
  const [x, y, z, worldPerPixel, tilt, turn, stretch] = parts;
  if (parts.length !== ORBIT.length || x === undefined || y === undefined) return undefined;
  if (z === undefined || tilt === undefined || turn === undefined) return undefined;
  if (!worldPerPixel || !stretch || worldPerPixel < 0 || stretch < 0) return undefined;
  return { x, y, z, worldPerPixel, tilt, turn, stretch };
}

/** "3,9": the first plane and the last. */
function planesOf(text: string): PlaneRange | undefined {
  const [first, last, ...more] = text.split(",").map(count);
  if (first === undefined || last === undefined || more.length > 0 || last < first)
    return undefined;
  return { from: first, to: last + 1 };
}

/** "nuclei/12": all before the last slash is the label's name. */
function objectOf(text: string): LabelObject | undefined {
  const [, label, id] = /^(.+)\/(-?[1-9]\d{0,19})$/s.exec(text) ?? [];
  return label === undefined || id === undefined ? undefined : { label, id: labelIdOf(BigInt(id)) };
}

function finite(text: string): number | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function positive(text: string): number | undefined {
  const value = finite(text);
  return value !== undefined && value > 0 ? value : undefined;
}

function count(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
