/** Whether something takes long enough to be worth saying so. */
import { useEffect, useState } from "react";

/** What takes no longer, in milliseconds, is over before a word of it could be read. */
const SLOW = 200;

/** @param after how many milliseconds count as long */
export function useSlow(busy: boolean, after: number = SLOW): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), after);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy, after]);
  return busy && isSlow;
}
