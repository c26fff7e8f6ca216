/** What was typed into a field and is not applied yet. */
import { useCallback, useState } from "react";

/**
 * @param of what the field is of: what was typed for it is for nothing else, and forgotten when the field is of another
 * @returns undefined where nothing was typed; the field shows its value then
 */
export function useDraft(
  of: unknown,
): readonly [text: string | undefined, put: (text: string | undefined) => void] {
  const [draft, setDraft] = useState<{ readonly of: unknown; readonly text: string }>();
  const put = useCallback(
    (text: string | undefined) => setDraft(text === undefined ? undefined : { of, text }),
    [of],
  );
  return [draft?.of === of ? draft?.text : undefined, put];
}
