/** The labels of a link: "nuclei,cells:o0.8:soutline:w2:cfeatures/area:r10..80" draws two, what is not said as first seen. */
import { decoded } from "../base/decoded.ts";
import { FIRST_LOOK, type LabelLook, labelLookOf } from "./label-look.ts";

/** A label that is drawn; those not in the link are not. */
export interface LinkedLabel extends LabelLook {
  readonly name: string;
}

/** @param labels lowest first */
export function labelsText(labels: readonly LinkedLabel[]): string {
  return labels.map(labelText).join(",");
}

/** Undefined where it cannot be read. */
export function labelsIn(text: string): readonly LinkedLabel[] | undefined {
  const labels = text === "" ? [] : text.split(",").map(labelIn);
  const whole = labels.filter((label) => label !== undefined);
  return whole.length === labels.length ? whole : undefined;
}

function labelText({ name, opacity, style, width, color }: LinkedLabel): string {
  const said = [
    opacity === FIRST_LOOK.opacity ? [] : `o${opacity}`,
    style === FIRST_LOOK.style ? [] : `s${style}`,
    width === FIRST_LOOK.width ? [] : `w${width}`,
    color ? `c${[color.table, color.column].map(encodeURIComponent).join("/")}` : [],
    color?.ends ? `r${color.ends.join("..")}` : [],
  ];
  return [encodeURIComponent(name), ...said.flat()].join(":");
}

function labelIn(text: string): LinkedLabel | undefined {
  const [name = "", ...said] = text.split(":");
  const parts = new Map(said.map((part) => [part.slice(0, 1), part.slice(1)]));
  if (name === "" || said.some((part) => !/^[oswcr]./.test(part))) return undefined;
  const number = (key: string): number | undefined =>
    parts.has(key) ? Number(parts.get(key)) : undefined;
  const [table, column] = parts.get("c")?.split("/").map(decoded) ?? [];
  const ends = parts.get("r")?.split("..").map(Number);
  const wanted = {
    opacity: number("o"),
    style: parts.get("s"),
    width: number("w"),
    color: parts.has("c") ? { table, column, ends } : undefined,
  };
  const look = labelLookOf(wanted);
  const isWhole =
    (wanted.opacity ?? look.opacity) === look.opacity &&
    (wanted.style ?? look.style) === look.style &&
    (wanted.width ?? look.width) === look.width &&
    (wanted.color === undefined) === (look.color === undefined) &&
    (ends === undefined) === (look.color?.ends === undefined);
  return isWhole ? { name: decoded(name), ...look } : undefined;
}
