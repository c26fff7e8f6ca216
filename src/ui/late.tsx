/** Parts of the page whose script is loaded when they are first wanted. */
import {
  type ComponentType,
  type ReactNode,
  startTransition,
  useLayoutEffect,
  useState,
} from "react";
import { notifyError } from "../state/notices.ts";
import { useSession } from "./session-context.ts";

/**
 * To be called at the top of a module. What it makes is shown as soon as its script is there; what kept that from coming is
 * told as a notice, and it is tried again when it is wanted next. Not by `lazy` and `Suspense`: React shows nothing of what
 * was waited for until 300 ms after it showed that it waits.
 * @param waiting what stands there meanwhile
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = undefined,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: called where modules are, as `lazy` is
  return function Late(props: Props) {
    const { notices } = useSession();
    const [Come, setCome] = useState(() => loaded);
    // Asked for before the frame is drawn, which takes its time.
    useLayoutEffect(() => {
      if (Come) return;
      let isGone = false;
      load().then(
        (component) => {
          loaded = component;
          // In slices: what comes may be large.
          if (!isGone) startTransition(() => setCome(() => component));
        },
        (error: unknown) => {
          if (!isGone) notifyError(notices, error);
        },
      );
      return () => {
        isGone = true;
      };
    }, [Come, notices]);
    return Come ? <Come {...props} /> : waiting;
  };
}
