/** Reads a table of an image, in either dialect of its attributes and whichever backend Fovea knows. */
import { Fault } from "../base/fault.ts";
import { type JsonObject, textAt } from "../base/json.ts";
import { inSlices } from "../base/steps.ts";
import type { ZarrFormat } from "../zarr/array.ts";
import { readNode } from "../zarr/node.ts";
import type { WholeOptions } from "../zarr/read-whole.ts";
import { isWritable, keyOf, type Options, type Store } from "../zarr/store.ts";
import { odditiesOf, readAnndata } from "./anndata-read.ts";
import { CSV_FILE, readCsv } from "./csv-read.ts";
import { KeptFiles } from "./kept-files.ts";
import type { Backend, Table } from "./table.ts";

/**
 * @param path inside the store: "B/03/0/tables/FOV_ROI_table"
 * @throws Fault "missing" where no group is, "unsupported" for a backend Fovea cannot read, "invalid", or as the store
 * does
 */
export async function readTable(
  store: Store,
  path: string,
  format: ZarrFormat,
  options: WholeOptions = {},
): Promise<Table> {
  const kept = new KeptFiles(store);
  const node = await readNode(kept, path, { format, ...options });
  if (node === undefined)
    throw new Fault("missing", `There is no table at ${path}`, { where: path });
  const { attributes } = node;
  const backend = backendOf(attributes, path);
  const version = unknownVersion(attributes);
  const problems = version === undefined ? [] : [version];
  const common = { path, zarrFormat: format, backend, attributes };
  let values: Pick<Table, "index" | "columns" | "oddities">;
  switch (backend) {
    case "csv":
      values = await readCsvFile(kept, path, attributes, options);
      break;
    case "anndata": {
      const { table, unread, oddities } = await readAnndata(kept, path, format, options);
      const odd = [...odditiesOf(path, attributes, "anndata"), ...oddities];
      values = odd.length === 0 ? table : { ...table, oddities: odd };
      problems.push(...unread);
      if (format === 2 && isWritable(store)) await kept.get(keyOf(path, ".zmetadata"), options);
    }
  }
  const files = await kept.below(path);
  const readOnly =
    problems.length === 0 ? {} : { readOnly: `${path} can only be read: ${problems.join("; ")}` };
  return { ...common, ...values, origin: { files }, ...readOnly };
}

async function readCsvFile(
  kept: KeptFiles,
  path: string,
  attributes: JsonObject,
  options: Options,
): Promise<Pick<Table, "index" | "columns">> {
  const where = `${path}/${CSV_FILE}`;
  const bytes = await kept.look(keyOf(path, CSV_FILE), options);
  if (bytes === undefined)
    throw new Fault("missing", `The table ${path} has no file ${CSV_FILE}`, { where });
  return inSlices(readCsv(bytes, textAt(attributes, "index_key"), where), options);
}

/** Which reader a table needs; without a `backend` it is AnnData (ngio and fractal-tasks-core, V1). */
function backendOf(attributes: JsonObject, path: string): Backend {
  const name = textAt(attributes, "backend") ?? "anndata";
  switch (name) {
    case "anndata":
    case "anndata_v1":
      return "anndata";
    case "csv":
    case "experimental_csv_v1":
      return "csv";
    default:
      // A published page of the specification spells it "annadata": what the group says it holds counts.
      if (textAt(attributes, "encoding-type") === "anndata") return "anndata";
      throw new Fault(
        "unsupported",
        `The table ${path} is stored as "${name}"; Fovea reads AnnData and CSV tables`,
        { where: path },
      );
  }
}

/** Why a table of this version must not be written; undefined for version 1 and for tables from before versions. */
function unknownVersion(attributes: JsonObject): string | undefined {
  for (const key of ["table_version", "fractal_table_version"]) {
    const version = attributes[key];
    if (version !== undefined && String(version) !== "1")
      return `its ${key} is ${JSON.stringify(version)}, and Fovea writes version 1`;
  }
  return undefined;
}
