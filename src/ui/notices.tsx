/** Messages in a live region. What needs attention stays until it is dismissed; information goes by itself. */
import { useEffect } from "react";
import { counted } from "../base/counted.ts";
import { dismiss } from "../state/notices.ts";
import { keepFocus } from "./keep-focus.ts";
import { useNotices, useSession } from "./session-context.ts";

const marks = { info: "i", warning: "!", error: "×" } as const;

/** How long information stays, in milliseconds. */
const INFO_STAYS = 8000;

/** More at once are not read, and cover what they are about: the earlier ones come once the latest are dismissed. */
const AT_ONCE = 4;

export function Notices() {
  const session = useSession();
  const list = useNotices((notices) => notices.list);
  const passing = list.find(({ tone }) => tone === "info")?.id;
  useEffect(() => {
    if (passing === undefined) return;
    const timer = setTimeout(() => dismiss(session.notices, passing), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [session, passing]);
  const earlier = Math.max(0, list.length - AT_ONCE);
  return (
    <div className="notices" role="log" aria-live="polite" aria-label="Messages">
      {earlier > 0 && <p className="earlier">{counted(earlier, "earlier message")}</p>}
      {list.slice(-AT_ONCE).map((notice) => (
        // What can be undone is told as a step by itself, and not heard twice.
        <div key={notice.id} className={`notice ${notice.tone}`} aria-live={notice.button && "off"}>
          <span className="mark" aria-hidden="true">
            {marks[notice.tone]}
          </span>
          <span>
            <span className="visually-hidden">{notice.tone}: </span>
            {notice.text}
            {notice.times > 1 && <span className="faint"> ({notice.times} times)</span>}
          </span>
          {notice.button && (
            <button
              type="button"
              className="small"
              aria-label={`${notice.button.text}: ${notice.text}`}
              onMouseDown={keepFocus}
              onClick={notice.button.press}
            >
              {notice.button.text}
            </button>
          )}
          <button
            type="button"
            className="quiet"
            aria-label="Dismiss message"
            onClick={() => dismiss(session.notices, notice.id)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
