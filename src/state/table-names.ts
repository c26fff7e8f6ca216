/** Which names the tables of the open image leave free. */
import { freeName } from "../roi/names.ts";
import { tableNameProblem } from "../table/table-name.ts";
import { storedNames } from "./open-table.ts";
import type { Session } from "./session.ts";

/** Why the open table cannot get this name, as a sentence; undefined where it can. */
export function tableNameTaken(session: Session, name: string): string | undefined {
  return tableNameProblem(name, takenNames(session));
}

/** A free name that begins like this one. */
export function freeTableName(session: Session, wanted: string): string {
  const taken = new Set([...takenNames(session)].map((name) => name.toLowerCase()));
  return freeName(wanted, { has: (name) => taken.has(name.toLowerCase()) });
}

function takenNames(session: Session): readonly string[] {
  const state = session.rois.getState();
  return [...storedNames(state), ...session.features.getState().names];
}
