/** What is worked out away from the page, each kind of work by workers of its own, started when it is first asked for. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { ChannelHistogram } from "../ome/channel-histogram.ts";
import type { LabelLookup, LookupRequest } from "../ome/label-lookup.ts";
import type { MaximumRequest } from "../ome/maximum.ts";
import type { FindMaximum } from "../ome/maximum-source.ts";
import type { ListAnswer, ListRequest } from "../roi/list-host.ts";
import type { Extents, LabelPart } from "../roi/object-extents.ts";
import type { FeatureRows } from "../table/feature-rows.ts";
import type { FoldLabels } from "../tasks/object-rois.ts";
import type { Pixels } from "../zarr/array.ts";
import type { RunListRequest } from "./list-jobs.ts";
import type { Services } from "./services.ts";

type WorkerServices = Pick<
  Services,
  "countPixels" | "buildLookup" | "joinFeatures" | "findMaximum" | "foldLabels" | "startLists"
>;

/** @param most workers of one kind, where several are of use */
export function workerServices(most: number): WorkerServices {
  return {
    countPixels: countInWorker(),
    buildLookup: buildLookupInWorker(),
    joinFeatures: joinInWorker(),
    findMaximum: findMaximumInWorkers(most),
    foldLabels: foldInWorker(),
    startLists,
  };
}

function countInWorker(): Services["countPixels"] {
  const pool = new WorkerPool<readonly Pixels[], ChannelHistogram>(
    () =>
      new Worker(new URL("../ome/channel-histogram.worker.ts", import.meta.url), {
        type: "module",
      }),
    1,
  );
  return (planes, options) =>
    pool.run(planes, { ...options, transfer: planes.map(({ buffer }) => buffer) });
}

function buildLookupInWorker(): Services["buildLookup"] {
  const pool = new WorkerPool<LookupRequest, LabelLookup>(
    () => new Worker(new URL("../ome/label-lookup.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  return (request, options) => pool.run(request, options);
}

function joinInWorker(): Services["joinFeatures"] {
  const pool = new WorkerPool<Float64Array<ArrayBuffer>, FeatureRows>(
    () =>
      new Worker(new URL("../table/feature-rows.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  return (labels, options) => pool.run(labels, options);
}

function findMaximumInWorkers(size: number): FindMaximum {
  const pool = new WorkerPool<MaximumRequest, Pixels>(
    () => new Worker(new URL("../ome/maximum.worker.ts", import.meta.url), { type: "module" }),
    size,
  );
  return (request, options) =>
    pool.run(request, { ...options, transfer: request.best ? [request.best.buffer] : [] });
}

function foldInWorker(): FoldLabels {
  const pool = new WorkerPool<LabelPart, Extents>(
    () =>
      new Worker(new URL("../roi/object-extents.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  return (part, { signal }) =>
    pool.run(part, { ...(signal ? { signal } : {}), transfer: [part.labels.buffer] });
}

function startLists(): RunListRequest {
  const pool = new WorkerPool<ListRequest, ListAnswer>(
    () => new Worker(new URL("../roi/list.worker.ts", import.meta.url), { type: "module" }),
    // What it was told of a table stays with the one worker.
    1,
  );
  return (request, options) => pool.run(request, options);
}
