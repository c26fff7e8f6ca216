/** What stands between the table on screen and the one on disk: a draft left behind, or what someone else has saved. */
import { useMemo, useState } from "react";
import { counted, grouped, nounOf } from "../../base/counted.ts";
import type { Choice, Clash } from "../../roi/merge.ts";
import { comparison, mergeWithDisk, takeTheirs } from "../../state/merge.ts";
import { openTable } from "../../state/open-table.ts";
import { discardDraft, isOfOpenTable, restoreDraft } from "../../state/restore-draft.ts";
import { saveTableAs } from "../../state/table-files.ts";
import { freeTableName } from "../../state/table-names.ts";
import { attempt } from "../attempt.ts";
import { mayLeave } from "../leaving.ts";
import { useDrafts, useRois, useSession } from "../session-context.ts";

export function DraftOffer() {
  const session = useSession();
  const draft = useDrafts(({ offer }) => offer);
  if (!draft) return null;
  const { begun, changes, at } = draft;
  const begins = begun && !isOfOpenTable(session, draft);
  return (
    <section className="block offer" aria-label="Draft">
      <p role="status">
        {begins
          ? `The new table ${begun.name} was never saved: ${counted(changes.length, "ROI")} of ${when(at)}.`
          : `${counted(changes.length, "change")} of ${when(at)} ${nounOf(changes.length, "was", "were")} not saved.`}
      </p>
      <div className="line">
        <button
          type="button"
          className="primary"
          onClick={() => {
            if (!begins || mayLeave(session)) void attempt(session, () => restoreDraft(session));
          }}
        >
          Restore
        </button>
        <button type="button" className="quiet" onClick={() => discardDraft(session)}>
          Discard
        </button>
      </div>
    </section>
  );
}

export function MergeBar() {
  const session = useSession();
  const state = useRois((rois) => rois);
  const { changedOnDisk, theirs, tableName, savedRois, document, saving } = state;
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: hovering changes the state, and nothing that is compared
  const compared = useMemo(() => comparison(state), [theirs, savedRois, document.rois]);
  if (!changedOnDisk || tableName === undefined) return null;
  if (!compared)
    return (
      <section className="block offer" aria-label="Changed on disk">
        <p role="alert">
          {theirs === "gone"
            ? `${tableName} is no longer on disk: it was deleted or renamed elsewhere, or its folder is gone. All you see is still here.`
            : `${tableName} has changed on disk since it was opened.`}
        </p>
        <div className="line">
          <SaveAsNew name={tableName} />
          <button
            type="button"
            onClick={() => mayLeave(session) && void openTable(session, tableName)}
          >
            Read it again
          </button>
        </div>
      </section>
    );
  const { clashes, mine } = compared;
  const choose = (clash: Clash): Choice => choices.get(nameOf(clash)) ?? "mine";
  return (
    <section className="block offer" aria-label="Changed on disk">
      <p role="alert">
        {tableName} has changed on disk since it was opened.{" "}
        {mine > 0 && <span className="soft">{touched(mine, clashes.length)}</span>}
      </p>
      <ul className="clashes">
        {clashes.slice(0, MOST_CLASHES).map((clash) => (
          <ClashRow
            key={nameOf(clash)}
            clash={clash}
            choice={choose(clash)}
            onChoose={(choice) => setChoices(new Map(choices).set(nameOf(clash), choice))}
          />
        ))}
      </ul>
      {clashes.length > MOST_CLASHES && (
        <p className="soft">
          and {grouped(clashes.length - MOST_CLASHES)} more, where yours are kept
        </p>
      )}
      <div className="line">
        {mine > 0 && (
          <button
            type="button"
            className="primary"
            disabled={saving !== undefined}
            title="Both changes in one table; nothing is written before you save"
            onClick={() => mergeWithDisk(session, choose)}
          >
            Merge
          </button>
        )}
        <button
          type="button"
          disabled={saving !== undefined}
          title={mine > 0 ? "Yours are one redo away" : "Read the table again"}
          onClick={() => takeTheirs(session)}
        >
          {mine > 0 ? "Take theirs" : "Show it"}
        </button>
        {mine > 0 && <SaveAsNew name={tableName} />}
      </div>
    </section>
  );
}

/** One's own state as a table beside the one that others have changed. */
function SaveAsNew({ name }: { readonly name: string }) {
  const session = useSession();
  const saving = useRois((rois) => rois.saving !== undefined);
  const free = freeTableName(session, name);
  return (
    <button
      type="button"
      disabled={saving}
      title={`The table as it is here, written as ${free}; the one on disk stays as it is`}
      onClick={() => void saveTableAs(session, free)}
    >
      Save as new
    </button>
  );
}

const MOST_CLASHES = 20;

function ClashRow({
  clash,
  choice,
  onChoose,
}: {
  readonly clash: Clash;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}) {
  const name = nameOf(clash);
  return (
    <li className="line">
      <span>
        {name}{" "}
        <span className="soft">
          {clash.mine.to ? "" : "deleted here"}
          {clash.theirs ? "" : "deleted or renamed there"}
        </span>
      </span>
      <span className="spring" />
      <select
        aria-label={`Keep of ${name}`}
        value={choice}
        onChange={({ target }) => onChoose(choiceOf(target.value))}
      >
        <option value="mine">mine</option>
        <option value="theirs">theirs</option>
        {clash.mine.to && clash.theirs && <option value="both">both</option>}
      </select>
    </li>
  );
}

function choiceOf(value: string): Choice {
  return value === "theirs" || value === "both" ? value : "mine";
}

function nameOf({ mine }: Clash): string {
  return mine.from?.name ?? mine.to?.name ?? "";
}

/** @param mine how many ROIs were changed here, and how many of those there too */
function touched(mine: number, clashes: number): string {
  const count = clashes === 0 ? "None" : grouped(clashes);
  const yours = mine === 1 ? "Your change" : `${count} of your ${grouped(mine)} changes`;
  if (clashes > 0)
    return `${yours} ${nounOf(clashes, "touches an ROI that was", "touch ROIs that were")} changed there too.`;
  return `${yours} touches ${mine === 1 ? "no" : "an"} ROI that was changed there.`;
}

/** "today 12:04", or the date with the time. */
function when(at: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? `today ${time}` : `${date.toLocaleDateString()} ${time}`;
}
