/** Texts out of addresses. */

/** What a part of an address says; a "%" that means nothing stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
