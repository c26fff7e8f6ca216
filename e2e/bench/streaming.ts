/** From the first request to the last pixel over a network with a delay: an image, plates, a large well, a gigabyte. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Numbers, printRow, printTable, report } from "./report.ts";
import { withBuild } from "./site.ts";
import { type Find, serveSlowly } from "./slow-server.ts";
import {
  aborts,
  type Bench,
  bare,
  bareOpening,
  gigabyte,
  indexesTwice,
  landing,
  memoryAlone,
  opening,
  plate,
  WALK,
  well,
} from "./streaming-cases.ts";
import { GIGABYTE, streamingData, wellsOf } from "./streaming-data.ts";
import { goalsOf } from "./streaming-goals.ts";
import { walking } from "./streaming-walk.ts";

const LATENCY_MS = 50;

export async function benchStreaming(): Promise<void> {
  const data = await streamingData();
  // Built apart: what two pages have in common becomes one file, and Fovea starts itself where it is loaded.
  const [app, bareLayer] = [await built("index.html"), await built("e2e/bench/streaming.html")];
  const walk = walking(app.get("/index.html"), GIGABYTE);
  const find: Find = (path) => {
    if (path === WALK) return walk;
    if (path.startsWith("/app/bare/")) return bareLayer.get(path.slice("/app/bare".length));
    return path.startsWith("/app/") ? app.get(path.slice("/app".length)) : data(path);
  };
  await using server = await serveSlowly(find, LATENCY_MS);
  const bench = { server, landingBytes: await landing(server) };
  const found = await everyCase(bench);
  const goals = goalsOf(found);
  printTable(goals);
  report(new Map(Object.entries(found)), { ...found, goals: Object.fromEntries(goals) });
}

/** The files of a built page. */
async function built(entry: string): Promise<ReadonlyMap<string, Uint8Array>> {
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  await withBuild([entry], async (outDir) => {
    files = filesBelow(outDir);
  });
  return files;
}

/** By name; each is told when it is known. */
async function everyCase(bench: Bench): Promise<Readonly<Record<string, Numbers>>> {
  const found: Record<string, Numbers> = {};
  const tell = (name: string, row: Numbers): void => {
    found[name] = row;
    printRow(name, row);
  };
  tell("image", await opening(bench, "image"));
  tell("sharded", {
    ...(await opening(bench, "sharded")),
    indexesTwice: await indexesTwice(bench, "sharded"),
  });
  for (const name of ["plate96", "plate384"] as const) {
    const { first, again } = await plate(bench, name, wellsOf(name));
    tell(name, first);
    tell(`${name}Again`, again);
  }
  tell("plate384Alone", await memoryAlone(bench, "plate384"));
  const large = await well(bench);
  tell("well", large.opened);
  tell("moved", large.moved);
  tell("cached", large.cached);
  tell("bare", await bare(bench, large));
  tell("imageBare", await bareOpening(bench, "image", large));
  tell("held", await aborts(bench));
  tell("gigabyte", await gigabyte(bench));
  return found;
}

/** By path, from "/" on. */
function filesBelow(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [`/${relative(folder, path).split(sep).join("/")}`, readFileSync(path)];
    }),
  );
}
