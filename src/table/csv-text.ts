/** The text of a CSV file with its letters as numbers: to look at each in a text takes twice as long. */
import { Fault } from "../base/fault.ts";
import { STEP, type Steps } from "../base/steps.ts";

/** UTF-16 code units, at the places they have in the text; where all are ASCII the bytes themselves. */
export type Letters = Uint8Array | Uint16Array;

export interface CsvText {
  readonly text: string;
  readonly letters: Letters;
}

/** Bytes made text between two pauses: about 20 milliseconds. More parts take longer, since they have to be joined. */
const BYTES_A_STEP = 3 * 2 ** 24;

/** @throws Fault "invalid" for bytes that are no UTF-8; `where` names the file. */
export function* textOfCsv(bytes: Uint8Array, where: string): Steps<CsvText> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const parts: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += BYTES_A_STEP) {
      parts.push(decoder.decode(bytes.subarray(at, at + BYTES_A_STEP), { stream: true }));
      yield;
    }
    parts.push(decoder.decode());
  } catch (error) {
    throw new Fault("invalid", `${where} is not UTF-8 text`, { where, cause: error });
  }
  const text = parts.join("");
  // A letter that is not ASCII has more bytes than code units.
  return { text, letters: text.length === bytes.length ? bytes : yield* unitsOf(text) };
}

function* unitsOf(text: string): Steps<Uint16Array> {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) {
    if (at % STEP === STEP - 1) yield;
    units[at] = text.charCodeAt(at);
  }
  return units;
}
