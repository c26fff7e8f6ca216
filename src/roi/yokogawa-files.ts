/** What the two files of a Yokogawa measurement say: where each image was taken, and how large a camera's frame is. */
import { Fault } from "../base/fault.ts";
import type { XmlFile, XmlItem } from "./yokogawa-xml.ts";

/** An image: of which field of which well, and where the stage was, in micrometres. */
export interface ImageRecord {
  /** Counted from 1, as they stand in the file. */
  readonly number: number;
  /** From 1. */
  readonly row: number;
  readonly column: number;
  readonly field: number;
  /** Those of one stack differ in z alone. */
  readonly stack: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Micrometres of a frame, and how many wells the plate has. */
export interface CameraFrame {
  readonly width: number;
  readonly height: number;
  readonly wells: number;
}

/** The images of a `.mlf`; records of errors are none. @throws Fault "input" naming the record that says too little */
export function recordsOf(children: readonly XmlItem[], file: string): readonly ImageRecord[] {
  return children
    .filter(({ name }) => name === "MeasurementRecord")
    .flatMap(({ attributes }, i): ImageRecord[] => {
      if (attributes.get("Type") !== "IMG") return [];
      const number = i + 1;
      const read = (name: string): number =>
        numberIn(attributes, name, `Record ${number} of ${file}`);
      const stack = ["TimePoint", "ActionIndex", "Ch"].map((name) => attributes.get(name)).join();
      return [
        {
          number,
          row: read("Row"),
          column: read("Column"),
          field: read("FieldIndex"),
          stack,
          x: read("X"),
          y: read("Y"),
          z: read("Z"),
        },
      ];
    });
}

/** The frame of a `.mrf`, which is that of all its cameras. @throws Fault "input" where they differ or are none */
export function cameraOf({ attributes, children }: XmlFile, file: string): CameraFrame {
  const frames = children
    .filter(({ name }) => name === "MeasurementChannel")
    .map((channel, i) => {
      const read = (name: string): number =>
        numberIn(channel.attributes, name, `Channel ${i + 1} of ${file}`);
      return {
        width: read("HorizontalPixelDimension") * read("HorizontalPixels"),
        height: read("VerticalPixelDimension") * read("VerticalPixels"),
      };
    });
  const [first] = frames;
  if (first === undefined) throw new Fault("input", `${file} has no channel`);
  const none = frames.findIndex(({ width, height }) => !(width > 0 && height > 0));
  if (none >= 0) throw new Fault("input", `Channel ${none + 1} of ${file} has frames of no size`);
  const other = frames.findIndex(
    ({ width, height }) => width !== first.width || height !== first.height,
  );
  if (other > 0)
    throw new Fault(
      "input",
      `Channels 1 and ${other + 1} of ${file} have frames of different size`,
    );
  const wells = numberIn(attributes, "RowCount", file) * numberIn(attributes, "ColumnCount", file);
  return { ...first, wells };
}

function numberIn(attributes: XmlItem["attributes"], name: string, where: string): number {
  const text = attributes.get(name);
  if (text === undefined) throw new Fault("input", `${where} does not say its ${name}`, { where });
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number))
    throw new Fault("input", `${where} has "${text}" as its ${name}`, { where });
  return number;
}
