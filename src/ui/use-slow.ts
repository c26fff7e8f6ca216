/** Whether something takes long enough to be worth saying so. */
import { useEffect, useState } from "react";

/** What takes no longer, in milliseconds, is over before a word of it could be read. */
const SLOW = 200;

/** @param after how many milliseconds count as long; @param attempt another number begins anew */
export function useSlow(busy: boolean, after: number = SLOW, attempt = 0): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    void attempt;
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), after);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy, after, attempt]);
  return busy && isSlow;
}
