/** Measurements of objects, joined by label to the ROIs of the table and to the label under the pointer. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { textAt } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import { type FeatureRows, joinByLabel } from "../table/feature-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { readNode } from "../zarr/node.ts";
import type { Options } from "../zarr/store.ts";
import { notify, notifyError } from "./notices.ts";
import type { Session } from "./session.ts";

export interface Features {
  /** The image's feature tables. */
  readonly names: readonly string[];
  readonly chosen:
    | { readonly name: string; readonly table: Table; readonly rows: FeatureRows["rows"] }
    | undefined;
}

const nothing: Features = { names: [], chosen: undefined };

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

/** Joins a feature table of the open image; undefined joins none. */
export async function chooseFeatures(session: Session, name: string | undefined): Promise<void> {
  const opened = session.opened.getState();
  const image = opened.kind === "open" ? opened.place.image : undefined;
  if (!image || name === undefined) {
    session.features.setState({ chosen: undefined });
    return;
  }
  const { signal } = session.opening.controller;
  // A state of our own: whatever is chosen or left meanwhile puts another in its place.
  session.features.setState({});
  const mine = session.features.getState();
  const isCurrent = (): boolean => session.features.getState() === mine;
  try {
    const table = await readTable(image.store, tablePath(image, name), image.zarrFormat, {
      signal,
    });
    const { rows, repeated } = joinByLabel(table);
    if (!isCurrent()) return;
    session.features.setState({ chosen: { name, table, rows } });
    if (repeated.size > 0)
      notify(
        session.notices,
        "warning",
        `${repeated.size === 1 ? "A label has" : `${repeated.size} labels have`} several rows in ${name}; the first is shown`,
      );
  } catch (error) {
    if (isCurrent()) notifyError(session.notices, error);
  }
}

/** A table of an image, inside the store. */
export function tablePath({ path }: Image, name: string): string {
  return [path, "tables", name].filter(Boolean).join("/");
}
