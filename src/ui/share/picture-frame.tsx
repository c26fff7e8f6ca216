/** What the dialogs that make a picture share: its size, saving and copying it. */
import { type ReactNode, useState } from "react";
import { throwIfStopped } from "../../base/abort.ts";
import { grouped } from "../../base/counted.ts";
import { notify } from "../../state/notices.ts";
import { downloadBlob } from "../download.ts";
import { useSession } from "../session-context.ts";
import type { Drawing } from "./draw-pieces.ts";
import { PIXELS_MAX, type PictureSize } from "./picture-size.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { useJob } from "./use-job.ts";

/** @param name the file's, without its ending */
export function PictureFrame({
  name,
  draw,
  children,
}: {
  readonly name: string;
  readonly draw: (drawing: Drawing) => Promise<Blob>;
  readonly children: ReactNode;
}) {
  const session = useSession();
  const job = useJob();
  const save = (close: () => void): void =>
    job.start(async (drawing) => downloadBlob(`${name}.png`, await draw(drawing)), close);
  const copy = (close: () => void): void =>
    job.start(async (drawing) => {
      // Asked for within the click, or the browser does not allow it; the picture comes later.
      const item = new ClipboardItem({ "image/png": draw(drawing) });
      await navigator.clipboard.write([item]).catch((error: unknown) => {
        // The clipboard says of what was stopped that it failed.
        throwIfStopped(drawing.signal);
        throw error;
      });
      notify(session.notices, "info", "The picture is on the clipboard");
    }, close);
  return (
    <ShareDialog
      title="Save picture"
      action="Save PNG"
      other={{ action: "Copy", run: copy }}
      job={job}
      onSubmit={save}
    >
      {children}
      <p className="faint">At most {Math.round(PIXELS_MAX / 1e6)} million pixels</p>
    </ShareDialog>
  );
}

/** The chosen one of some sizes: twice the screen's at first; and what chooses another. */
export function useSize(
  sizes: readonly PictureSize[],
): readonly [size: PictureSize | undefined, choose: (key: string) => void] {
  const [chosen, choose] = useState("2");
  return [sizes.find((one) => keyOf(one) === chosen) ?? sizes[0], choose];
}

export function SizeField({
  sizes,
  size,
  onChange,
}: {
  readonly sizes: readonly PictureSize[];
  readonly size: PictureSize | undefined;
  readonly onChange: (key: string) => void;
}) {
  return (
    <label className="field">
      Size
      <select value={size && keyOf(size)} onChange={(event) => onChange(event.target.value)}>
        {sizes.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {sizeText(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function keyOf({ of }: PictureSize): string {
  return typeof of === "number" ? String(of) : `level ${of.name}`;
}

function sizeText({ of, width, height }: PictureSize): string {
  const size = `${grouped(width)} × ${grouped(height)} pixels`;
  return typeof of === "number" ? `${of}×: ${size}` : `${size}, one per voxel of level ${of.name}`;
}
