/** Commands that go over the ROIs one by one. */
import { goBack, goToUnreviewed, mark, switchTriage } from "../../state/triage.ts";
import { going } from "../rois/go-to-roi.ts";
import { type Command, type Commands, type Desk, needsTable } from "./command.ts";

export const triageCommands = {
  "triage-on": {
    title: "Triage: begin or end",
    keys: ["M"],
    run: ({ session, stage }) =>
      going(session, stage, () => switchTriage(session, !session.triage.getState().on)),
    blocked: needsTable,
  },
  "triage-keep": markAs("keep", "K"),
  "triage-discard": markAs("discard", "D"),
  "triage-unsure": markAs("unsure", "U"),
  "triage-1": markAs(1, "1"),
  "triage-2": markAs(2, "2"),
  "triage-3": markAs(3, "3"),
  "triage-4": markAs(4, "4"),
  "triage-5": markAs(5, "5"),
  "triage-6": markAs(6, "6"),
  "triage-7": markAs(7, "7"),
  "triage-8": markAs(8, "8"),
  "triage-9": markAs(9, "9"),
  "triage-next": {
    title: "Triage: next unreviewed ROI",
    keys: ["Space"],
    when: "triage",
    run: ({ session, stage }) => going(session, stage, () => goToUnreviewed(session)),
    blocked: needsTriage,
  },
  "triage-back": {
    title: "Triage: one back",
    keys: ["Shift+Space"],
    when: "triage",
    run: ({ session, stage }) => going(session, stage, () => goBack(session)),
    blocked: needsTriage,
  },
} satisfies Commands;

/** Marks by a category's name or place, where there is one. */
function markAs(category: string | number, key: string): Command {
  return {
    title: `Triage: ${typeof category === "number" ? `category ${category}` : category}`,
    keys: [key],
    when: "triage",
    byKeyOnly: true,
    run: ({ session, stage }) => {
      const { categories } = session.triage.getState();
      const named = typeof category === "number" ? categories[category - 1] : category;
      if (named !== undefined && categories.includes(named))
        going(session, stage, () => mark(session, named));
    },
    blocked: needsTriage,
  };
}

function needsTriage({ session }: Desk): string | undefined {
  return session.triage.getState().on ? undefined : "Triage is off";
}
