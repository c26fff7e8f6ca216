/** A piece of work that a dialog starts, shows and cancels. */
import { useEffect, useRef, useState } from "react";
import { isAborted, sentence } from "../../base/fault.ts";

export interface Job {
  /** How much is done, from 0 to 1; undefined where nothing is under way. */
  readonly done: number | undefined;
  /** What went wrong, as a sentence, until something else is started or chosen. */
  readonly failure: string | undefined;
  readonly forget: () => void;
  /** Runs work, and calls back once it is done. */
  readonly start: (
    work: (options: {
      readonly signal: AbortSignal;
      readonly onProgress: (done: number, of: number) => void;
    }) => Promise<void>,
    onDone: () => void,
  ) => void;
  readonly cancel: () => void;
}

/** The work of a dialog; closing the dialog cancels it. */
export function useJob(): Job {
  const [failure, setFailure] = useState<string>();
  const [done, setDone] = useState<number>();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  return {
    done,
    failure,
    forget: () => setFailure(undefined),
    start: (work, onDone) => {
      const made = new AbortController();
      const { signal } = made;
      controller.current = made;
      setDone(0);
      setFailure(undefined);
      work({ signal, onProgress: (part, of) => setDone(part / of) })
        .then(onDone, (error: unknown) => {
          if (!isAborted(error)) setFailure(sentence(error));
        })
        .finally(() => setDone(undefined));
    },
    cancel: () => controller.current?.abort(),
  };
}
