/** Lies over the image while a preview is shown: says so, and switches between before and after. */
import { comparePreview, type Preview } from "../../state/preview.ts";
import { late } from "../late.tsx";
import { useTitle } from "../page.ts";
import { usePreview, useSession } from "../session-context.ts";

const PreviewReport = late(async () => (await import("./preview-report.tsx")).PreviewReport);

const SIDES: readonly (readonly [side: Preview["side"], title: string])[] = [
  ["before", "Before"],
  ["after", "After"],
];

export function PreviewBar() {
  const session = useSession();
  const isOn = usePreview((preview) => preview.isOn);
  const isBusy = usePreview((preview) => preview.isBusy);
  const side = usePreview((preview) => preview.side);
  const titled = useTitle("compare");
  if (!isOn) return null;
  return (
    <section className="preview" aria-label="Preview" aria-busy={isBusy}>
      <fieldset title={titled("Before and after")}>
        <legend className="visually-hidden">The image before and after the task</legend>
        {SIDES.map(([one, title]) => (
          <button
            key={one}
            type="button"
            aria-pressed={side === one}
            onClick={() => side !== one && comparePreview(session)}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <PreviewReport />
    </section>
  );
}
