/** What a component reads from a source: again when its path changes, and no longer once it is gone. */
import { useEffect, useState } from "react";
import { isAborted, sentence } from "../base/fault.ts";

/** What is read, or why not as a sentence; undefined meanwhile. */
export function useRead<T>(
  read: (signal: AbortSignal) => Promise<T>,
  path: string,
): T | string | undefined {
  const [found, setFound] = useState<T | string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read follows from the path
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    read(signal).then(
      (value) => {
        if (!signal.aborted) setFound(() => value);
      },
      (error: unknown) => {
        if (!signal.aborted && !isAborted(error)) setFound(sentence(error));
      },
    );
    return () => controller.abort();
  }, [path]);
  return found;
}
