/** Measurements of objects, joined by label: to the ROIs of the table, to labels that are coloured by them, to the pointer. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { counted, grouped, nounOf } from "../base/counted.ts";
import { textAt } from "../base/json.ts";
import { inSlices } from "../base/steps.ts";
import type { Image } from "../ome/multiscale.ts";
import type { FeatureRows } from "../table/feature-rows.ts";
import { labelsIn } from "../table/feature-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { readNode } from "../zarr/node.ts";
import { below, type Options } from "../zarr/store.ts";
import { notify, notifyError } from "./notices.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";

/** A feature table that was read. */
export interface JoinedTable {
  readonly name: string;
  readonly table: Table;
  readonly rows: FeatureRows;
}

export interface Features {
  /** The image's feature tables. */
  readonly names: readonly string[];
  /** Those that were asked for, by name; undefined until they are read, and where they cannot be. */
  readonly tables: ReadonlyMap<string, JoinedTable | undefined>;
  /** What is to stand beside the ROIs, another object each time that something is chosen; and what stands there. */
  readonly wanted: { readonly name: string } | undefined;
  readonly chosen: JoinedTable | undefined;
}

const nothing: Features = { names: [], tables: new Map(), wanted: undefined, chosen: undefined };

export function createFeatures(): StoreApi<Features> {
  return createStore<Features>(() => nothing);
}

export function leaveFeatures(session: Session): void {
  session.features.setState(nothing, true);
}

/** Which of the image's tables hold features, by what each says of itself: one request a table. */
export async function featureTables(
  image: Image,
  names: readonly string[],
  options: Options,
): Promise<readonly string[]> {
  const types = await Promise.all(
    names.map(async (name) => {
      const path = tablePath(image, name);
      const node = await readNode(image.store, path, { ...options, format: image.zarrFormat });
      return node && textAt(node.attributes, "type");
    }),
  );
  return names.filter((_, i) => types[i] === "feature_table");
}

/** Takes the names that the image has now; tables that were written anew are read again when they are asked for. */
export function setFeatureNames(
  { features }: Session,
  names: readonly string[],
  written: ReadonlySet<string> = new Set(),
): void {
  features.setState(({ tables }) => ({
    names,
    tables: new Map([...tables].filter(([name]) => names.includes(name) && !written.has(name))),
  }));
}

/** Puts a feature table of the open image beside the ROIs; undefined puts none there. */
export async function chooseFeatures(session: Session, name: string | undefined): Promise<void> {
  const { features } = session;
  if (name === undefined) {
    features.setState({ wanted: undefined, chosen: undefined });
    return;
  }
  const wanted = { name };
  features.setState({ wanted });
  const chosen = await readFeatures(session, name);
  if (chosen && features.getState().wanted === wanted) features.setState({ chosen });
}

/** Reads a feature table of the open image, once; undefined where it cannot be, which is told, and after the image was left. */
export async function readFeatures(
  session: Session,
  name: string,
): Promise<JoinedTable | undefined> {
  const { features, services } = session;
  const image = openPlace(session.opened.getState())?.image;
  const known = features.getState().tables.get(name);
  if (!image || known) return known;
  const { signal } = session.opening.controller;
  const put = (found: JoinedTable | undefined): void =>
    features.setState(({ tables }) => ({ tables: new Map(tables).set(name, found) }));
  put(undefined);
  try {
    const path = tablePath(image, name);
    const table = await readTable(image.store, path, image.zarrFormat, {
      signal,
      decode: services.decode,
    });
    const labels = await inSlices(labelsIn(table), { signal });
    const rows = await services.joinFeatures(labels, { signal });
    if (signal.aborted) return undefined;
    const found = { name, table, rows };
    put(found);
    if (rows.repeated > 0)
      notify(
        session.notices,
        "warning",
        `${rows.repeated === 1 ? "A label has" : `${grouped(rows.repeated)} labels have`} several rows in ${name}; the first is shown`,
      );
    if (rows.unknown > 0)
      notify(
        session.notices,
        "warning",
        `${counted(rows.unknown, "row")} of ${name} ${nounOf(rows.unknown, "is", "are")} left out: the label is missing, a fraction, or beyond 2^53, where numbers are not exact`,
      );
    return found;
  } catch (error) {
    if (!signal.aborted) notifyError(session.notices, error);
    return undefined;
  }
}

/** A table of an image, inside the store. */
export function tablePath({ path }: Image, name: string): string {
  return below(path, "tables", name);
}
