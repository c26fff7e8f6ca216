/** A piece of work that a dialog starts, shows and cancels. */
import { useEffect, useRef, useState } from "react";
import { notifyError } from "../../state/notices.ts";
import { useSession } from "../session-context.ts";

export interface Job {
  /** How much is done, from 0 to 1; undefined where nothing is under way. */
  readonly done: number | undefined;
  /** Runs work, and calls back once it is done; what goes wrong is told. */
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
  const session = useSession();
  const [done, setDone] = useState<number>();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  return {
    done,
    start: (work, onDone) => {
      const made = new AbortController();
      const { signal } = made;
      controller.current = made;
      setDone(0);
      work({ signal, onProgress: (part, of) => setDone(part / of) })
        .then(onDone, (error: unknown) => notifyError(session.notices, error))
        .finally(() => setDone(undefined));
    },
    cancel: () => controller.current?.abort(),
  };
}
