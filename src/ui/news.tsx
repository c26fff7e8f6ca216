/** Says what happens to the ROIs to those who hear the page: one sentence once the hand rests, not each of many. */
import { useEffect, useState } from "react";
import { newsOf } from "../state/news.ts";
import { useSession } from "./session-context.ts";

/** Steps that follow each other sooner than this are told as the last one of their kind, in milliseconds. */
const REST = 500;

export function News() {
  const session = useSession();
  const [text, setText] = useState("");
  useEffect(() => {
    const waiting = new Map<string, string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = session.rois.subscribe((now, before) => {
      const news = newsOf(before, now);
      if (news === undefined) return;
      clearTimeout(timer);
      waiting.delete(news.kind);
      waiting.set(news.kind, news.text);
      timer = setTimeout(() => {
        setText([...waiting.values()].join(". "));
        waiting.clear();
      }, REST);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return (
    <output className="visually-hidden" aria-label="News">
      {text}
    </output>
  );
}
