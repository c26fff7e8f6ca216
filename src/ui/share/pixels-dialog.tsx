/** Exports the pixels of an ROI, of what is on screen or of the whole image, with all channels and time points. */
import { useState } from "react";
import { counted, grouped } from "../../base/counted.ts";
import { volumeOf } from "../../geometry/box.ts";
import { countOf } from "../../ome/axes.ts";
import type { Level } from "../../ome/multiscale.ts";
import { journalName, type Source } from "../../state/source.ts";
import { filled } from "../../zarr/pixels.ts";
import type { Desk } from "../commands/command.ts";
import { canPickFolders, pickFolder } from "../folders.ts";
import { bytesText } from "../number-text.ts";
import { type Export, exportFolder, exportTiff, exportZip, type Format } from "./export-pixels.ts";
import { fileName, type Part, partsOf, voxelsOf } from "./parts.ts";
import { seenChannels } from "./seen-channels.ts";
import { PartField, ShareDialog } from "./share-dialog.tsx";
import { useJob } from "./use-job.ts";

const FORMATS: readonly (readonly [Format, string])[] = [
  ["tiff", "OME-TIFF"],
  ["zip", "OME-Zarr, as one zip file"],
  ["folder", "OME-Zarr, into a folder"],
];

/** What a page may hold while it makes a file, in bytes. */
const HELD_MAX = 2 ** 31;

export function PixelsDialog({ desk, source }: { readonly desk: Desk; readonly source: Source }) {
  const { session, image } = desk;
  const { levels } = image;
  const [parts] = useState(() => partsOf(desk));
  const [part, setPart] = useState<Part>(parts[0]);
  const [format, setFormat] = useState<Format>("tiff");
  const [levelName, setLevelName] = useState(levels[0].name);
  const [planes, setPlanes] = useState<"all" | "one">("all");
  const job = useJob();

  const level = levels.find(({ name }) => name === levelName) ?? levels[0];
  const box = voxelsOf(part, level, levels[0], planes);
  const count = (axis: "c" | "t"): number => countOf(image.axes, level.array.shape, axis);
  const bytes = volumeOf(box) * count("c") * count("t") * filled(level.array, 1).BYTES_PER_ELEMENT;
  const depth = voxelsOf(part, level, levels[0], "all");
  const save = (close: () => void): void =>
    job.start(async (options) => {
      const name = fileName(source.title, image.path, part.suffix);
      const { min, max } = part.box;
      const from = source.origin.kind === "url" ? journalName(source.origin) : source.title;
      const origin = { croppedFrom: { source: from, image: image.path, min, max } };
      const channels = await seenChannels(desk);
      const made: Export = {
        crop: { image: { ...image, channels }, level, box },
        source: source.reader,
        name,
        origin,
        ...options,
      };
      if (format === "tiff") return exportTiff(made);
      if (format === "zip") return exportZip(made);
      const parent = await pickFolder();
      if (parent) await exportFolder(session.services, parent, made);
    }, close);

  return (
    <ShareDialog
      title="Export pixels"
      action="Export"
      job={job}
      blocked={blocked(format, bytes)}
      onSubmit={save}
    >
      <PartField parts={parts} part={part} onChange={setPart} />
      <label className="field">
        Format
        <select value={format} onChange={(event) => setFormat(formatOf(event.target.value))}>
          {FORMATS.map(([name, title]) => (
            <option key={name} value={name} disabled={name === "folder" && !canPickFolders()}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {levels.length > 1 && (
        <label className="field">
          Level
          <select value={level.name} onChange={(event) => setLevelName(event.target.value)}>
            {levels.map((one) => (
              <option key={one.name} value={one.name}>
                {levelText(part, one, levels[0])}
              </option>
            ))}
          </select>
        </label>
      )}
      {depth.max[0] - depth.min[0] > 1 && (
        <label className="field">
          Planes
          <select
            value={planes}
            onChange={(event) => setPlanes(event.target.value === "one" ? "one" : "all")}
          >
            <option value="all">All {depth.max[0] - depth.min[0]}</option>
            <option value="one">Only z {part.z + 1}</option>
          </select>
        </label>
      )}
      <p className="faint">
        {`${counted(count("c"), "channel")}${count("t") > 1 ? `, ${count("t")} time points` : ""}, ${level.array.dtype}, ${bytesText(bytes)}`}
      </p>
    </ShareDialog>
  );
}

function blocked(format: Format, bytes: number): string | undefined {
  if (bytes === 0) return "There are no pixels of the image in it";
  if (bytes <= HELD_MAX || format === "folder") return undefined;
  return `${bytesText(bytes)} are more than a page can hold: choose a coarser level, a smaller part, or a folder`;
}

function formatOf(value: string): Format {
  return FORMATS.find(([name]) => name === value)?.[0] ?? "tiff";
}

function levelText(part: Part, level: Level, finest: Level): string {
  const { min, max } = voxelsOf(part, level, finest, "all");
  const [height, width] = [max[1] - min[1], max[2] - min[2]];
  return `${level.name}: ${grouped(width)} × ${grouped(height)} voxels`;
}
