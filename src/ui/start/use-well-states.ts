/** What became of the wells of a plate in the run over them. */
import { useMemo } from "react";
import type { Place } from "../../state/source.ts";
import { useBatch } from "../session-context.ts";

const NONE: ReadonlyMap<string, string> = new Map();

/** By the well's path inside the plate; those that no run is about are left out. */
export function useWellStates({ source, plate }: Place): ReadonlyMap<string, string> {
  const at = useBatch((state) => state.plate);
  const batch = useBatch(({ status }) => ("batch" in status ? status.batch : undefined));
  return useMemo(() => {
    if (!batch || at?.source !== source || at.path !== plate?.path) return NONE;
    return new Map(batch.wells.map(({ well, state }) => [well, state]));
  }, [batch, at, source, plate]);
}
