/** Whether a popover is open, so that what it shows is found out only while it is looked at. */
import { type RefObject, useEffect, useState } from "react";

export function useIsOpen(popover: RefObject<HTMLElement | null>): boolean {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const element = popover.current;
    const toggle = (event: Event): void =>
      setOpen(event instanceof ToggleEvent && event.newState === "open");
    element?.addEventListener("toggle", toggle);
    return () => element?.removeEventListener("toggle", toggle);
  }, [popover]);
  return isOpen;
}
