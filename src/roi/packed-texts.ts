/** Texts as one text: sent to another thread or stored as two values, where a list is copied word by word. */
import { finished, STEP, type Steps } from "../base/steps.ts";

export interface PackedTexts {
  readonly text: string;
  /** Of each in `text`, in UTF-16 units; NONE for one that is missing. */
  readonly lengths: Int32Array<ArrayBuffer>;
}

const NONE = -1;

/** Packs them a part at a time. */
export function* packTexts(texts: readonly (string | undefined)[]): Steps<PackedTexts> {
  const lengths = new Int32Array(texts.length);
  const parts: string[] = [];
  for (let from = 0; from < texts.length; from += STEP) {
    const part = texts.slice(from, from + STEP);
    for (const [i, text] of part.entries()) lengths[from + i] = text?.length ?? NONE;
    parts.push(part.join(""));
    yield;
  }
  return { text: parts.join(""), lengths };
}

/** The same at once. */
export function packedTexts(texts: readonly (string | undefined)[]): PackedTexts {
  return finished(packTexts(texts));
}

/** The texts that were packed. */
export function unpackedTexts({ text, lengths }: PackedTexts): (string | undefined)[] {
  let end = 0;
  return Array.from(lengths, (length) => {
    if (length === NONE) return undefined;
    const from = end;
    end += length;
    return text.slice(from, end);
  });
}
