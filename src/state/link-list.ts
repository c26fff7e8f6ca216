/** How a link lists the ROIs of its table: "features=cells&find=area>9&sort=down:area&color=area:r10..80". */
import { decoded } from "../base/decoded.ts";

/** What is left out is as the table is first seen. */
export interface LinkedList {
  /** The name of the feature table that stands beside the ROIs. */
  readonly features?: string | undefined;
  /** As typed: a text to look for, or an expression. */
  readonly find?: string | undefined;
  readonly sort?: { readonly column: string; readonly descending: boolean } | undefined;
  readonly color?: LinkedColor | undefined;
}

/** A column that ROIs are coloured by, and what of numbers is drawn as least and as most. */
export interface LinkedColor {
  readonly column: string;
  readonly ends: readonly [least: number, most: number] | undefined;
}

/** By the names of its parameters. */
export function listTexts({
  features,
  find,
  sort,
  color,
}: LinkedList): Readonly<Record<keyof LinkedList, string | undefined>> {
  return {
    features,
    find,
    sort: sort && `${sort.descending ? "down" : "up"}:${sort.column}`,
    color: color && colorText(color),
  };
}

/** @param read gives what a parameter says, parsed; undefined where it is not there or cannot be read */
export function listIn(
  read: <V>(name: string, parse: (text: string) => V | undefined) => V | undefined,
): LinkedList | undefined {
  const list: LinkedList = {
    features: read("features", anyText),
    find: read("find", anyText),
    sort: read("sort", sortIn),
    color: read("color", colorIn),
  };
  return Object.values(list).some((part) => part !== undefined) ? list : undefined;
}

function anyText(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function sortIn(text: string): LinkedList["sort"] {
  const [, way, column] = /^(up|down):(.+)$/s.exec(text) ?? [];
  return column === undefined ? undefined : { column, descending: way === "down" };
}

function colorText({ column, ends }: LinkedColor): string {
  return [encodeURIComponent(column), ...(ends ? [`r${ends.join("..")}`] : [])].join(":");
}

function colorIn(text: string): LinkedColor | undefined {
  const [, column, least, most] = /^([^:]+)(?::r(.+?)\.\.(.+))?$/s.exec(text) ?? [];
  if (column === undefined) return undefined;
  if (least === undefined || most === undefined)
    return { column: decoded(column), ends: undefined };
  const ends = [Number(least), Number(most)] as const;
  return ends.every(Number.isFinite) ? { column: decoded(column), ends } : undefined;
}
