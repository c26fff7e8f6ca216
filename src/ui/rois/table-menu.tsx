/** What can be done to the open table as a whole: a menu beside its name, the field for another name, and a way back. */
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { forgetDeleted, restorable, restoreTable } from "../../state/deleted-tables.ts";
import { readOnlyReason } from "../../state/source.ts";
import { renameOpenTable, saveTableAs } from "../../state/table-files.ts";
import { freeTableName, tableNameTaken } from "../../state/table-names.ts";
import type { Desk } from "../commands/command.ts";
import { type CommandId, commandOf } from "../commands/registry.ts";
import { runCommand } from "../commands/run-command.ts";
import { MenuList } from "../menu-list.tsx";
import { usePage, useShown } from "../page.ts";
import { useDeletedTables, useOpened, useRois, useSession } from "../session-context.ts";

export function TableMenu({ desk }: { readonly desk: Desk }) {
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const isStored = useRois((rois) => rois.onDisk !== undefined);
  const name = useRois((rois) => (rois.table ? rois.tableName : undefined));
  const saving = useRois((rois) => rois.saving !== undefined);
  const readOnly = useOpened((opened) =>
    opened.kind === "open" ? readOnlyReason(opened.place.source) : undefined,
  );
  if (readOnly !== undefined) return null;
  const run = (id: CommandId) => (): void => {
    menu.current?.hidePopover();
    void runCommand(commandOf(id), desk);
  };
  return (
    <>
      <button
        type="button"
        aria-label="Table actions"
        title="Save as, rename, duplicate, delete"
        disabled={name === undefined || saving}
        popoverTarget={id}
      >
        ⋯
      </button>
      <MenuList id={id} label="Table actions" ref={menu}>
        <button type="button" onClick={run("save-as")}>
          Save as…
        </button>
        <button type="button" onClick={run("rename-table")}>
          Rename…
        </button>
        <button
          type="button"
          disabled={!isStored}
          title="A copy of the table as it is on disk"
          onClick={run("duplicate-table")}
        >
          Duplicate
        </button>
        <hr />
        <button
          type="button"
          title="It can be put back until this page is closed"
          onClick={run("delete-table")}
        >
          Delete {name}
        </button>
      </MenuList>
    </>
  );
}

/** Asks for the name that "Save as" and "Rename" need. */
export function TableNaming() {
  const naming = useShown((shown) => shown.naming);
  const name = useRois((rois) => (rois.table ? rois.tableName : undefined));
  if (naming === undefined || name === undefined) return null;
  return <NameForm key={`${naming} ${name}`} naming={naming} name={name} />;
}

function NameForm({
  naming,
  name,
}: {
  readonly naming: "save-as" | "rename";
  readonly name: string;
}) {
  const session = useSession();
  const page = usePage();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(() =>
    naming === "rename" ? name : freeTableName(session, `${name}_copy`),
  );
  useEffect(() => field.current?.select(), []);
  const isSame = typed === name;
  const problem = isSame ? undefined : tableNameTaken(session, typed);
  const close = (): void => page.shown.setState({ naming: undefined });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSame || problem !== undefined) return;
    close();
    void (naming === "rename" ? renameOpenTable : saveTableAs)(session, typed);
  };
  const verb = naming === "rename" ? "Rename" : "Save as";
  return (
    <form
      className="create"
      aria-label={`${verb} table`}
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <label className="field">
        {naming === "rename" ? `New name of ${name}` : `Save ${name} with its changes as`}
        <input
          ref={field}
          aria-label="Table name"
          aria-invalid={problem !== undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {problem !== undefined && (
          <span className="problem" role="alert">
            {problem}
          </span>
        )}
      </label>
      <div className="line">
        <button type="submit" className="primary" disabled={isSame || problem !== undefined}>
          {verb}
        </button>
        <button type="button" className="quiet" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** A deleted table, while it can be put back. */
export function DeletedOffer() {
  const session = useSession();
  useDeletedTables(({ deleted }) => deleted);
  const deleted = restorable(session);
  if (deleted === undefined) return null;
  return (
    <section className="block offer" aria-label="Deleted table">
      <p role="status">
        {deleted.stored.name} was deleted.{" "}
        <span className="soft">It can be put back until this page is closed.</span>
      </p>
      <div className="line">
        <button type="button" className="primary" onClick={() => void restoreTable(session)}>
          Put back
        </button>
        <button type="button" className="quiet" onClick={() => forgetDeleted(session, deleted)}>
          Dismiss
        </button>
      </div>
    </section>
  );
}
