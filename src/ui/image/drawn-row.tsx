/** What is drawn over each other in a list, a row each: on or off, what it is, and a press that opens its details. */
import type { ReactNode } from "react";

export function DrawnRow({
  name,
  visible,
  barred,
  hint,
  details,
  onShow,
  onToggle,
  children,
}: {
  /** What the box shows, as it is heard. */
  readonly name: string;
  readonly visible: boolean;
  /** Why it cannot be shown. */
  readonly barred?: string | undefined;
  /** What the details are. */
  readonly hint: string;
  /** Undefined while they are closed. */
  readonly details: ReactNode | undefined;
  readonly onShow: (visible: boolean) => void;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}) {
  const isOpen = details !== undefined;
  return (
    <div className="channel" data-visible={visible}>
      <div className="channel-row">
        <input
          type="checkbox"
          aria-label={`Show ${name}`}
          checked={visible}
          disabled={barred !== undefined}
          title={barred}
          onChange={(event) => onShow(event.target.checked)}
        />
        <button
          type="button"
          className="quiet"
          aria-expanded={isOpen}
          title={isOpen ? "Hide details" : hint}
          onClick={onToggle}
        >
          {children}
          <i className="chevron" aria-hidden="true" />
        </button>
      </div>
      {details}
    </div>
  );
}
