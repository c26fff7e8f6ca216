/** All commands by group, in the order in which help and palette list them. Add yours to the file of its group. */
import type { Bindable } from "../../editor/shortcuts.ts";
import type { Command } from "./command.ts";
import { editCommands } from "./edit.ts";
import { pageCommands } from "./page.ts";
import { roiCommands } from "./roi.ts";
import { shapeCommands } from "./shape.ts";
import { shareCommands } from "./share.ts";
import { tableCommands } from "./table.ts";
import { taskCommands } from "./task.ts";
import { triageCommands } from "./triage.ts";
import { viewCommands } from "./view.ts";

const groups = {
  ROIs: roiCommands,
  Edit: editCommands,
  "Move and resize": shapeCommands,
  View: viewCommands,
  Triage: triageCommands,
  Table: tableCommands,
  Tasks: taskCommands,
  Share: shareCommands,
  Fovea: pageCommands,
};

type Groups = typeof groups;
export type CommandId = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups];

/** A command with its name and the group it is listed in. */
export interface Listed extends Command {
  readonly id: CommandId;
  readonly group: string;
}

export const COMMANDS: readonly Listed[] = Object.entries(groups).flatMap(([group, commands]) =>
  Object.entries<Command>(commands).map(([id, command]) => ({
    ...command,
    id: id as CommandId,
    group,
  })),
);

const byId: ReadonlyMap<CommandId, Listed> = new Map(COMMANDS.map((one) => [one.id, one]));

export function commandOf(id: CommandId): Listed {
  const command = byId.get(id);
  if (command === undefined) throw new Error(`There is no command ${id}`);
  return command;
}

/** The user's own keys by command; a command that is not here has those it comes with. */
export type OwnKeys = Readonly<Partial<Record<CommandId, readonly string[]>>>;

/** A command with the keys that mean it now. */
export type Bound = Listed & Bindable;

export function boundTo(own: OwnKeys, command: Listed): Bound {
  const { keys = [], when = "canvas", fixed } = command;
  return { ...command, when, keys: fixed ? keys : (own[command.id] ?? keys) };
}
