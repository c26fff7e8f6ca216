/** Plays along an axis, round and round; a plane stays until its pixels have been there. */
import { useEffect } from "react";
import type { Image } from "../../ome/multiscale.ts";
import { play, playOn, stopPlaying } from "../../state/playback.ts";
import { useSession, useView } from "../session-context.ts";
import type { Stage } from "./stage.ts";

/** Planes per second to choose from. */
const RATES = [2, 5, 10, 20];

export function PlayButton({
  axis,
  image,
  stage,
}: {
  readonly axis: "z" | "t";
  readonly image: Image;
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
  return (
    <>
      {mine && (
        <select
          className="rate"
          aria-label={`Planes of ${axis} per second`}
          value={mine.fps}
          onChange={(event) => play(session.view, image, axis, Number(event.target.value))}
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
        onClick={() => (mine ? stopPlaying(session.view) : play(session.view, image, axis))}
      >
        {mine ? "❚❚" : "▶"}
      </button>
    </>
  );
}
