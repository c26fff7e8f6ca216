/** Texts as one text: sent to another thread or stored as two values, where a list is copied word by word. */

export interface PackedTexts {
  readonly text: string;
  /** Of each in `text`, in UTF-16 units; NONE for one that is missing. */
  readonly lengths: Int32Array<ArrayBuffer>;
}

const NONE = -1;

export function packedTexts(texts: readonly (string | undefined)[]): PackedTexts {
  const lengths = Int32Array.from(texts, (text) => text?.length ?? NONE);
  return { text: texts.join(""), lengths };
}

export function unpackedTexts({ text, lengths }: PackedTexts): (string | undefined)[] {
  let end = 0;
  return Array.from(lengths, (length) => {
    if (length === NONE) return undefined;
    const from = end;
    end += length;
    return text.slice(from, end);
  });
}
