/** Feature tables: measurements of the objects of a label image, a row for each. */
import { objectAt, textAt } from "../base/json.ts";
import type { Steps } from "../base/steps.ts";
import { readNumbers } from "./columns.ts";
import { indexKeyOf, type NewTable, newAttributes } from "./new-attributes.ts";
import type { Backend, Column, Table } from "./table.ts";

export interface FeatureTableSpec {
  /** Inside the store: "B/03/0/tables/nuclei_features". */
  readonly path: string;
  readonly zarrFormat: Table["zarrFormat"];
  readonly backend: Backend;
  /** The name of the label image. */
  readonly region: string;
  /** The object each row is about. */
  readonly labels: ArrayLike<number>;
  readonly columns: ReadonlyMap<string, Column>;
}

/** A new feature table, indexed by label. */
export function newFeatureTable(spec: FeatureTableSpec): Table {
  const { path, zarrFormat, backend, region, labels, columns } = spec;
  const kind: NewTable = { type: "feature_table", region };
  const attributes = newAttributes(backend, kind);
  const index = { name: indexKeyOf(kind), values: Array.from(labels, String) };
  return { path, zarrFormat, backend, attributes, index, columns };
}

/**
 * The object that each row is about, by the `label` column, else by the index; NaN where it says none. A fraction is
 * no object's id, and beyond 2^53 a number stands for its neighbours too: such a row is about none, rather than about
 * another object.
 */
export function* labelsIn(features: Table): Steps<Float64Array<ArrayBuffer>> {
  const { values } = features.index;
  const column = features.columns.get("label") ?? { kind: "text", values, categorical: false };
  const labels = yield* readNumbers(column);
  return labels.every(isId) ? labels : labels.map((id) => (isId(id) ? id : Number.NaN));
}

const isId = (label: number): boolean => Number.isSafeInteger(label);

/** The name of the label whose objects a table is about, by its `region`; undefined where it does not say. */
export function labelOf({ attributes }: Table): string | undefined {
  const path = textAt(objectAt(attributes, "region"), "path");
  return path?.split("/").filter(Boolean).at(-1);
}

/** Whether a table's rows may be the objects of a label: it says so, or does not say of which they are. */
export function isAbout(table: Table, label: string): boolean {
  return (labelOf(table) ?? label) === label;
}
