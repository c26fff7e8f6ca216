/** The head of a column: a click sorts by it, and its menu picks values, colours by it and hides it. */
import { useId, useRef } from "react";
import { colorBy } from "../../state/roi-colors.ts";
import { showColumn, sortBy } from "../../state/roi-list.ts";
import { useRoiColors, useRoiList, useSession } from "../session-context.ts";
import { useIsOpen } from "../use-popover.ts";
import { ColumnPicker } from "./column-picker.tsx";

export function ColumnHead({
  name,
  title,
}: {
  readonly name: string;
  /** The column's full name. */
  readonly title: string;
}) {
  const session = useSession();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const isOpen = useIsOpen(menu);
  const sort = useRoiList((state) => state.sort);
  const colored = useRoiColors((state) => state.column);
  const arrow = sort?.column !== name ? "" : sort.descending ? " ↓" : " ↑";
  const act = (doIt: () => void): void => {
    menu.current?.hidePopover();
    doIt();
  };
  return (
    <>
      <button
        type="button"
        className="sort"
        tabIndex={-1}
        title={`${title} — click to sort`}
        onClick={() => void sortBy(session, name)}
      >
        {name.replace("len_", "len ")}
        {arrow}
      </button>
      <button
        type="button"
        className="more"
        tabIndex={-1}
        popoverTarget={id}
        aria-label={`Filter and colour by ${title}`}
        title={`Filter and colour by ${title}`}
      >
        ▾
      </button>
      <div id={id} ref={menu} popover="auto" className="popover column-menu">
        {isOpen && (
          <>
            <strong>{title}</strong>
            <ColumnPicker column={name} />
            <hr />
            <div className="line">
              <button
                type="button"
                className="quiet small"
                aria-pressed={colored === name}
                onClick={() =>
                  act(() => void colorBy(session, colored === name ? undefined : name))
                }
              >
                Colour by it
              </button>
              {name !== "name" && (
                <button
                  type="button"
                  className="quiet small"
                  onClick={() => act(() => showColumn(session, name, false))}
                >
                  Hide column
                </button>
              )}
            </div>
          </>
        )}
      </div>
    </>
  );
}
