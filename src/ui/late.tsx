/** Parts of the page whose script is loaded when they are first wanted. */
import {
  type ComponentType,
  cloneElement,
  isValidElement,
  type ReactNode,
  startTransition,
  useLayoutEffect,
  useState,
} from "react";
import { sentence } from "../base/fault.ts";
import { notifyError } from "../state/notices.ts";
import { useSession } from "./session-context.ts";

/**
 * To be called at the top of a module. What it makes is shown as soon as its script is there; what kept that from coming is
 * told in its place, with a button to try again. Where it has no place it is told as a notice, and tried again when it is
 * wanted next. Not by `lazy` and `Suspense`: React shows nothing of what was waited for until 300 ms after it showed that it
 * waits.
 * @param waiting what stands there meanwhile; without it there is no place
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
    const [failure, setFailure] = useState<string>();
    // Asked for before the frame is drawn, which takes its time.
    useLayoutEffect(() => {
      if (Come || failure !== undefined) return;
      let isGone = false;
      load().then(
        (component) => {
          loaded = component;
          // In slices: what comes may be large.
          if (!isGone) startTransition(() => setCome(() => component));
        },
        (error: unknown) => {
          if (isGone) return;
          if (waiting === undefined) notifyError(notices, error);
          else setFailure(sentence(error));
        },
      );
      return () => {
        isGone = true;
      };
    }, [Come, failure, notices]);
    if (Come) return <Come {...props} />;
    if (failure === undefined) return waiting;
    const told = (
      <span role="alert">
        This part of the page did not load: {failure}{" "}
        <button type="button" onClick={() => setFailure(undefined)}>
          Try again
        </button>
      </span>
    );
    return isValidElement(waiting) ? cloneElement(waiting, {}, told) : told;
  };
}
