/** What a button opens to choose from: it has the focus at once, its keys are those of every menu, Escape gives the focus back. */
import { type ReactNode, type RefObject, useEffect } from "react";
import { entriesOf, moveInMenu } from "./menu-keys.ts";
import { useIsOpen } from "./use-popover.ts";

/** @param id what the button names as its `popoverTarget` */
export function MenuList({
  id,
  label,
  ref,
  onToggle,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onToggle?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  const isOpen = useIsOpen(ref);
  useEffect(() => {
    if (isOpen) entriesOf(ref.current)[0]?.focus();
  }, [isOpen, ref]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form
    <div
      id={id}
      ref={ref}
      popover="auto"
      className="menu"
      role="group"
      aria-label={label}
      onKeyDown={moveInMenu}
      onToggle={({ newState }) => onToggle?.(newState === "open")}
    >
      {children}
    </div>
  );
}
