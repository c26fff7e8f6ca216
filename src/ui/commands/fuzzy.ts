/** Finding by a few letters: how well what is typed fits a text, and which letters of it are meant. */

export interface Fit {
  /** Higher is better. */
  readonly score: number;
  /** Where in the text the typed letters are, rising. */
  readonly at: readonly number[];
}

/** A letter at the beginning of a word, one right after the letter before, and one in the middle. */
const WORD = 8;
const NEXT = 6;
const ANY = 1;
/** What a word found in one piece is worth more than its letters. */
const WHOLE = 10;

/** How every word of `query` fits `text`, in any order and whatever the case; undefined where one does not. */
export function fuzzyFit(query: string, text: string): Fit | undefined {
  const lower = text.toLowerCase();
  const at = new Set<number>();
  let score = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = fitWord(word, lower);
    if (found === undefined) return undefined;
    score += found.score;
    for (const i of found.at) at.add(i);
  }
  // Of two that fit alike, the shorter is closer to what was typed.
  return { score: score - text.length / 100, at: [...at].sort((a, b) => a - b) };
}

function fitWord(word: string, text: string): Fit | undefined {
  const starts = inOnePiece(word, text);
  if (starts !== undefined) {
    const at = Array.from(word, (_, i) => starts + i);
    return { score: WHOLE + scoreOf(at, text), at };
  }
  const at = scattered(word, text);
  return at && { score: scoreOf(at, text), at };
}

/** Where the word stands, at the beginning of a word if it can. */
function inOnePiece(word: string, text: string): number | undefined {
  const first = text.indexOf(word);
  if (first < 0) return undefined;
  for (let i = first; i >= 0; i = text.indexOf(word, i + 1)) if (beginsWord(text, i)) return i;
  return first;
}

/** The letters one after the other, each right after the one before or at the beginning of a word: "nr", "nero". */
function scattered(word: string, text: string): number[] | undefined {
  const at: number[] = [];
  for (const letter of word) {
    const last = at.at(-1);
    let i = text.indexOf(letter, last === undefined ? 0 : last + 1);
    while (i >= 0 && i - 1 !== last && !beginsWord(text, i)) i = text.indexOf(letter, i + 1);
    if (i < 0) return undefined;
    at.push(i);
  }
  return at;
}

function scoreOf(at: readonly number[], text: string): number {
  return at.reduce((sum, i, n) => {
    if (beginsWord(text, i)) return sum + WORD;
    return sum + (n > 0 && at[n - 1] === i - 1 ? NEXT : ANY);
  }, 0);
}

function beginsWord(text: string, i: number): boolean {
  return i === 0 || /[^\p{L}\p{N}]/u.test(text[i - 1] ?? "");
}
