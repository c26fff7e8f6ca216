/** Exports the pixels of ROIs, of what is on screen or of the whole image, with all channels and time points. */
import { useState } from "react";
import { counted, grouped } from "../../base/counted.ts";
import { Fault } from "../../base/fault.ts";
import { volumeOf } from "../../geometry/box.ts";
import { countOf } from "../../ome/axes.ts";
import type { CropOptions } from "../../ome/crop.ts";
import type { Level } from "../../ome/multiscale.ts";
import { notify } from "../../state/notices.ts";
import type { Source } from "../../state/source.ts";
import { bytesPerPixel } from "../../zarr/pixels.ts";
import type { Desk } from "../commands/command.ts";
import { canPickFolders, pickFolder } from "../folders.ts";
import { bytesText } from "../number-text.ts";
import { exportFiles, exportFolders, type Format } from "./export-pixels.ts";
import { exportsOf } from "./exports-of.ts";
import { fileName, type Parts, partsOfFiles, voxelsOf } from "./parts.ts";
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
  const [choices] = useState(() => partsOfFiles(desk));
  const [chosen, setChosen] = useState<Parts>(choices[0]);
  const [format, setFormat] = useState<Format>("tiff");
  const [levelName, setLevelName] = useState(levels[0].name);
  const [planes, setPlanes] = useState<"all" | "one">("all");
  const job = useJob();

  const level = levels.find(({ name }) => name === levelName) ?? levels[0];
  const count = (axis: "c" | "t"): number => countOf(image.axes, level.array.shape, axis);
  const isOne = chosen.each.length === 1;
  const boxesOf = (of: "all" | "one") =>
    chosen.each.map((part) => voxelsOf(part, level, levels[0], of));
  const voxels = boxesOf(planes).reduce((sum, box) => sum + volumeOf(box), 0);
  const bytes = voxels * count("c") * count("t") * bytesPerPixel(level.array.dtype);
  const depth = Math.max(...boxesOf("all").map(({ min, max }) => max[0] - min[0]));
  const choice = { desk, source, parts: chosen, level, planes };
  const toFile = async (format: Exclude<Format, "folder">, running: CropOptions): Promise<void> => {
    const together = fileName(source.title, image.path, "ROIs");
    await exportFiles(format, await exportsOf(choice, running), together);
  };
  const toFolder = async (running: CropOptions): Promise<void> => {
    // Within the click: later the browser does not let it be asked for.
    const parent = await pickFolder();
    if (!parent) throw new Fault("aborted", "No folder was picked");
    const all = await exportsOf(choice, running);
    await exportFolders(session.services, parent, all);
    const what = isOne ? `${all[0].name}.ome.zarr is` : `${counted(all.length, "image")} are`;
    notify(session.notices, "info", `${what} in "${parent.name}"`);
  };
  const save = (close: () => void): void =>
    job.start(
      (running) => (format === "folder" ? toFolder(running) : toFile(format, running)),
      close,
    );

  return (
    <ShareDialog
      title="Export pixels"
      action="Export"
      job={job}
      blocked={blocked(format, bytes)}
      onSubmit={save}
    >
      <PartField parts={choices} part={chosen} onChange={setChosen} />
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
                {levelText(chosen, one, levels[0])}
              </option>
            ))}
          </select>
        </label>
      )}
      {depth > 1 && (
        <label className="field">
          Planes
          <select
            value={planes}
            onChange={(event) => setPlanes(event.target.value === "one" ? "one" : "all")}
          >
            <option value="all">{isOne ? `All ${depth}` : "All of each"}</option>
            <option value="one">
              {isOne
                ? `Only z ${chosen.each[0].z + 1}`
                : "One of each: the one looked at, or its middle"}
            </option>
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

function levelText({ each: [part, ...others] }: Parts, level: Level, finest: Level): string {
  if (others.length > 0) return level.name;
  const { min, max } = voxelsOf(part, level, finest, "all");
  const [height, width] = [max[1] - min[1], max[2] - min[2]];
  return `${level.name}: ${grouped(width)} × ${grouped(height)} voxels`;
}
