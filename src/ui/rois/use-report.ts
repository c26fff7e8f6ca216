/** What the checks say of the open table, worked out off the page's thread once editing rests. */
import { useEffect, useRef, useState } from "react";
import { isAborted } from "../../base/fault.ts";
import type { CheckOptions, Report } from "../../roi/checks.ts";
import type { RoiColumns } from "../../roi/rois.ts";
import { notifyError } from "../../state/notices.ts";
import { useRois, useSession } from "../session-context.ts";
import { useSlow } from "../use-slow.ts";

/** How long editing must rest before all is checked again, in milliseconds. */
const REST = 300;

/** @returns the last report on the open table, undefined before the first, and whether a newer one takes its time */
export function useReport(options: CheckOptions): {
  readonly report: Report | undefined;
  readonly isSlow: boolean;
  /** How much of the newer one is done, 0 to 1. */
  readonly done: number;
} {
  const session = useSession();
  const rois = useRois((state) => state.document.rois);
  const table = useRois((state) => state.table);
  const [last, setLast] = useState<{ readonly report: Report; readonly base: RoiColumns }>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(0);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!table) return;
    const controller = new AbortController();
    const { signal } = controller;
    const features = session.features.getState().chosen;
    const job = { kind: "check", options } as const;
    const look = async (): Promise<void> => {
      isFirst.current = false;
      setBusy(true);
      setDone(0);
      const listed = { table, features, rois };
      await session.listJobs.run(job, listed, { onProgress: setDone, signal }).then(
        ({ report }) => setLast({ report, base: rois.base }),
        (error: unknown) => isAborted(error) || notifyError(session.notices, error),
      );
      if (!signal.aborted) setBusy(false);
    };
    const rest = setTimeout(() => void look(), isFirst.current ? 0 : REST);
    return () => {
      clearTimeout(rest);
      controller.abort();
    };
  }, [session, table, rois, options]);
  // What was found in another table names other ROIs, and must not be mended here.
  const report = last?.base === rois.base ? last.report : undefined;
  return { report, isSlow: useSlow(busy), done };
}
