/** Plays along an axis, round and round; a plane stays until its pixels have been there. */
import { useEffect } from "react";
import { playOn } from "../../state/playback.ts";
import { useSession, useView } from "../session-context.ts";
import type { Stage } from "./stage.ts";

/** Planes per second to choose from. */
const RATES = [2, 5, 10, 20];
const FIRST_RATE = 10;

export function PlayButton({
  axis,
  count,
  stage,
}: {
  readonly axis: "z" | "t";
  readonly count: number;
  readonly stage: Stage;
}) {
  const session = useSession();
  const playing = useView((view) => view.playing);
  const mine = playing?.axis === axis ? playing : undefined;
  const fps = mine?.fps;
  useEffect(() => {
    if (fps === undefined) return;
    const timer = setInterval(() => {
      if (!stage.status.getState().busy) playOn(session.view);
    }, 1000 / fps);
    return () => clearInterval(timer);
  }, [fps, session, stage]);
  const play = (rate: number): void =>
    session.view.setState({ playing: { axis, fps: rate, count } });
  return (
    <>
      {mine && (
        <select
          className="rate"
          aria-label={`Planes of ${axis} per second`}
          value={mine.fps}
          onChange={(event) => play(Number(event.target.value))}
        >
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {rate}/s
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className="quiet small play"
        aria-label={mine ? `Stop playing ${axis}` : `Play ${axis}`}
        aria-pressed={mine !== undefined}
        onClick={() => (mine ? session.view.setState({ playing: undefined }) : play(FIRST_RATE))}
      >
        {mine ? "❚❚" : "▶"}
      </button>
    </>
  );
}
