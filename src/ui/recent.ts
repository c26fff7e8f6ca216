/** The web addresses opened last, kept in the browser. */
const KEY = "fovea.recent-urls";
const MOST = 5;

export function recentUrls(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((url) => typeof url === "string") : [];
  } catch {
    // Storage is blocked or holds something else: a list of recents is not worth a message.
    return [];
  }
}

export function rememberUrl(url: string): void {
  try {
    const others = recentUrls().filter((other) => other !== url);
    localStorage.setItem(KEY, JSON.stringify([url, ...others].slice(0, MOST)));
  } catch {
    // As above.
  }
}
