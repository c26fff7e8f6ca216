/** What the palette can find: commands, and by name the tables, channels, labels and tasks there are, and ROIs. */
import { idsOf, nameAt } from "../../roi/rois.ts";
import { changeLook } from "../../state/channel-looks.ts";
import { changeLabel } from "../../state/labels.ts";
import { openTable } from "../../state/open-table.ts";
import { colorBy } from "../../state/roi-colors.ts";
import { columnsOf } from "../../state/roi-list.ts";
import { select } from "../../state/rois.ts";
import { takeTask, taskIds } from "../../state/task-form.ts";
import { tasks } from "../../tasks/catalogue.ts";
import { mayLeave } from "../leaving.ts";
import { fitSelection } from "../rois/go-to-roi.ts";
import type { Desk } from "./command.ts";
import { type Fit, fuzzyFit } from "./fuzzy.ts";
import { boundTo, COMMANDS, type CommandId } from "./registry.ts";
import { runCommand } from "./run-command.ts";

export interface Entry {
  /** Different for each entry. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys: readonly string[];
  /** Why it cannot be chosen now. */
  readonly reason: string | undefined;
  /** Set where the entry is a command. */
  readonly command?: CommandId;
  readonly run: () => void | Promise<void>;
}

/** An entry and the letters of its title that were meant. */
export interface Found extends Entry {
  readonly at: readonly number[];
}

/** More than this is not read but typed on for. */
const MOST_ROIS = 8;
const MOST_FOUND = 50;
/** What having been chosen before is worth, and what it costs that a command cannot be done now. */
const RECENT = 5;
const BLOCKED = 12;
/** What it costs that only the group or the keys are what was typed. */
const BESIDE = 15;

/** All but the ROIs, in the order of an empty query: what was chosen last, then by group. */
export function entriesOf(desk: Desk, recent: readonly string[]): readonly Entry[] {
  const commands = COMMANDS.filter(({ byKeyOnly }) => !byKeyOnly).map((command): Entry => {
    const { keys } = boundTo(desk.page.bindings.getState().own, command);
    const { id, title, group } = command;
    const run = () => runCommand(command, desk);
    return { id, command: id, title, group, keys, reason: command.blocked?.(desk), run };
  });
  const before = recent.flatMap((id) => commands.find(({ command }) => command === id) ?? []);
  return [
    ...before.map((entry) => ({ ...entry, group: "Recent" })),
    ...commands.filter((entry) => !before.includes(entry)),
    ...namesOf(desk),
  ];
}

function namesOf({ session, page }: Desk): readonly Entry[] {
  const { names, tableName } = session.rois.getState();
  const { channels, labels, labelViews } = session.view.getState();
  const form = session.taskForm.getState();
  return [
    ...names.map((name) =>
      named("table", name, `Open table ${name}`, {
        reason: name === tableName ? "It is open" : undefined,
        run: () => (mayLeave(session) ? openTable(session, name) : undefined),
      }),
    ),
    ...channels.map(({ index, label: name, visible }) =>
      named("channel", String(index), `${visible ? "Hide" : "Show"} channel ${name}`, {
        run: () => changeLook(session, index, { visible: !visible }),
      }),
    ),
    ...labelViews.map(({ name, visible }) =>
      named("label", name, `${visible ? "Hide" : "Show"} label ${name}`, {
        run: () => changeLabel(session, name, { visible: !visible }),
      }),
    ),
    ...labels.map((name) => ({
      ...named("label", name, `New table of the objects of label ${name}`, {
        run: async () => {
          const { findObjects } = await import("../rois/find-objects.ts");
          await findObjects(session, page, name);
        },
      }),
      id: `objects ${name}`,
    })),
    ...colorsOf({ session }),
    ...taskIds().map((task) =>
      named("task", task, `Set up ${tasks[task].title}`, {
        reason: task === form.task ? "It is set up" : undefined,
        run: () => takeTask(session.taskForm, task),
      }),
    ),
  ];
}

/** What the ROIs can be coloured by. */
function colorsOf({ session }: Pick<Desk, "session">): readonly Entry[] {
  const { column } = session.colors.getState();
  const nothing = named("color", "", "Colour ROIs by nothing", {
    reason: column === undefined ? "They are" : undefined,
    run: () => colorBy(session, undefined),
  });
  const columns = [...columnsOf(session).keys()].map((name) =>
    named("color", `by ${name}`, `Colour ROIs by ${name}`, {
      reason: name === column ? "They are" : undefined,
      run: () => colorBy(session, name),
    }),
  );
  return columns.length === 0 ? [] : [...columns, nothing];
}

function named(
  kind: "table" | "channel" | "label" | "color" | "task",
  name: string,
  title: string,
  { reason, run }: { readonly reason?: string | undefined; readonly run: Entry["run"] },
): Entry {
  const group = {
    table: "Tables",
    channel: "Channels",
    label: "Labels",
    color: "Colours",
    task: "Tasks",
  }[kind];
  return { id: `${kind} ${name}`, title, group, keys: [], reason, run };
}

/** What fits a query, the best first: by title, and where that does not fit, by group and keys with it. */
export function found(entries: readonly Entry[], query: string, desk: Desk): readonly Found[] {
  if (query.trim() === "") return entries.map((entry) => ({ ...entry, at: [] }));
  const fitting = entries.flatMap((entry) => {
    const by = fitOf(entry, query);
    if (!by) return [];
    const recent = entry.group === "Recent" ? RECENT : 0;
    const score = by.score + recent - (entry.reason === undefined ? 0 : BLOCKED);
    return [{ ...entry, at: by.at, score }];
  });
  const rois = roisNamed(query.trim(), desk).map((entry) => ({
    ...entry,
    score: fuzzyFit(query, entry.title)?.score ?? 0,
  }));
  return [...fitting, ...rois].sort((a, b) => b.score - a.score).slice(0, MOST_FOUND);
}

function fitOf({ title, group, keys }: Entry, query: string): Fit | undefined {
  const byTitle = fuzzyFit(query, title);
  if (byTitle) return byTitle;
  const more = fuzzyFit(query, `${title} ${group} ${keys.join(" ")}`);
  return more && { score: more.score - BESIDE, at: more.at.filter((i) => i < title.length) };
}

/** The first ROIs whose names hold the query; those that begin with it before the others. */
function roisNamed(query: string, { session, stage }: Desk): readonly Found[] {
  const { rois } = session.rois.getState().document;
  const wanted = query.toLowerCase();
  const first: Found[] = [];
  const others: Found[] = [];
  for (const id of idsOf(rois)) {
    const name = nameAt(rois, id) ?? "";
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0) continue;
    const list = at === 0 ? first : others;
    if (list.length === MOST_ROIS) continue;
    const go = "Go to ROI ";
    list.push({
      id: `roi ${id}`,
      title: go + name,
      group: "ROIs by name",
      keys: [],
      reason: undefined,
      at: Array.from(wanted, (_, i) => go.length + at + i),
      run: () => {
        select(session, new Set([id]));
        fitSelection(session, stage);
      },
    });
    if (first.length === MOST_ROIS) break;
  }
  return [...first, ...others].slice(0, MOST_ROIS);
}
