/** The ROI tab: which table, the tools, the rows, and the fields of what is selected. */
import { isEmpty, type RoiId } from "../../roi/rois.ts";
import { chooseFeatures } from "../../state/features.ts";
import { startCopy } from "../../state/new-table.ts";
import { openTable } from "../../state/open-table.ts";
import { takeDrawTool } from "../../state/rois.ts";
import { isAbout, labelOf } from "../../table/feature-table.ts";
import type { Desk } from "../commands/command.ts";
import { keyText } from "../commands/keys.tsx";
import { type CommandId, commandOf } from "../commands/registry.ts";
import { runCommand } from "../commands/run-command.ts";
import { mayLeave } from "../leaving.ts";
import { useKeyOf, useTitle } from "../page.ts";
import { useFeatures, useRois, useSession, useView } from "../session-context.ts";
import { unitOf } from "../units.ts";
import { CheckList } from "./check-list.tsx";
import { DraftOffer, MergeBar } from "./merge-bar.tsx";
import { NewRois, NewRoisMenu } from "./new-rois.tsx";
import { RoiFilter } from "./roi-filter.tsx";
import { RoiGrid } from "./roi-grid.tsx";
import { RoiInspector } from "./roi-inspector.tsx";
import { DeletedOffer, TableMenu, TableNaming } from "./table-menu.tsx";
import { TriageBar } from "./triage-bar.tsx";

export function RoiPanel({
  desk,
  onFit,
  onGo,
}: {
  readonly desk: Desk;
  readonly onFit: (id: RoiId) => void;
  /** Shows an ROI at the zoom there is, where the user wants that kept. */
  readonly onGo: (id: RoiId) => void;
}) {
  const { session, image } = desk;
  const names = useRois((state) => state.names);
  const tableName = useRois((state) => state.tableName);
  const table = useRois((state) => state.table);
  const loading = useRois((state) => state.loading);
  const tool = useRois((state) => state.tool);
  const selection = useRois((state) => state.document.selection);
  const hasRois = useRois(({ document }) => !isEmpty(document.rois));
  const workingLevel = useView((view) => view.workingLevel);
  const drawTitle = useTitle("draw-tool");
  const deleteTitle = useTitle("delete");
  const fitTitle = useTitle("fit-roi");

  const offering = useRois((state) => state.offersCopy);
  const noCopy = (): void => session.rois.setState({ offersCopy: undefined });

  const run = (id: CommandId) => (): void => void runCommand(commandOf(id), desk);
  const choose = (name: string): void => {
    if (mayLeave(session)) void openTable(session, name);
  };

  return (
    <div className="tab">
      <div className="block">
        <label className="field">
          ROI table
          <span className="line">
            <select
              aria-label="ROI table"
              value={tableName ?? ""}
              disabled={names.length === 0}
              onChange={(event) => choose(event.target.value)}
            >
              {tableName === undefined && (
                <option value="">{names.length === 0 ? "no tables" : "none"}</option>
              )}
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <button
              type="button"
              title="Start an empty ROI table; it is on disk once it is saved"
              onClick={run("new-table")}
            >
              New
            </button>
            <TableMenu desk={desk} />
          </span>
        </label>
        <TableNaming />
        <FeatureChoice />
        <div className="toolbar">
          <span className="joined">
            <button
              type="button"
              aria-pressed={tool === "draw"}
              disabled={table === undefined}
              title={drawTitle("Draw ROI")}
              onClick={run(tool === "draw" ? "select-tool" : "draw-tool")}
            >
              Draw ROI
            </button>
            <NewRoisMenu desk={desk} />
          </span>
          <button
            type="button"
            disabled={selection.size === 0}
            title={deleteTitle("Delete")}
            onClick={run("delete")}
          >
            Delete
          </button>
          <button
            type="button"
            disabled={selection.size === 0}
            title={fitTitle("Fit ROI")}
            onClick={run("fit-roi")}
          >
            Fit ROI
          </button>
          <label className="line soft">
            Level
            <select
              aria-label="Working level"
              title="What editing snaps to, and where a task starts"
              value={workingLevel}
              onChange={(event) => session.view.setState({ workingLevel: event.target.value })}
            >
              {image.levels.map(({ name, grid }) => (
                <option key={name} value={name}>
                  {name} ({`${Number(grid.scale[2].toPrecision(3))} ${unitOf(image)}`.trim()})
                </option>
              ))}
            </select>
          </label>
        </div>
        <NewRois desk={desk} />
      </div>
      <DeletedOffer />
      <DraftOffer />
      <MergeBar />
      {offering && (
        <div className="block" role="alert">
          <p>
            The rows of a masking table belong to the objects of a label, so none is{" "}
            {offering === "draw" ? "drawn here." : "added here. They can be added to a copy."}
          </p>
          <div className="line">
            <button
              type="button"
              onClick={() => {
                if (!mayLeave(session)) return;
                startCopy(session);
                if (offering === "draw") takeDrawTool(session);
              }}
            >
              Copy as ROI table
            </button>
            <button type="button" className="quiet" onClick={noCopy}>
              Not now
            </button>
          </div>
        </div>
      )}
      {loading ? (
        <p className="empty" role="status">
          Reading {tableName ?? "the list of tables"}…
        </p>
      ) : table === undefined ? (
        <NoTable names={names} />
      ) : (
        <>
          <TriageBar desk={desk} />
          <RoiFilter />
          <RoiGrid onFit={onFit} />
          {!hasRois && <EmptyTable />}
          <CheckList image={image} onFit={onGo} />
          {hasRois && <RoiInspector image={image} />}
        </>
      )}
    </div>
  );
}

/** Which measurements stand beside ROIs and labels; nothing where the image has none. */
function FeatureChoice() {
  const session = useSession();
  const { names, chosen } = useFeatures((state) => state);
  const label = useRois(({ table }) => table && labelOf(table));
  if (names.length === 0) return null;
  const isOther = chosen && label !== undefined && !isAbout(chosen.table, label);
  return (
    <label className="features">
      {isOther ? `Features of ${labelOf(chosen.table)}, not of ${label}` : "Features"}
      <select
        aria-label="Features"
        value={chosen?.name ?? ""}
        title="Measurements, joined by label to the ROIs and to the label under the pointer"
        onChange={(event) => void chooseFeatures(session, event.target.value || undefined)}
      >
        <option value="">none</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function NoTable({ names }: { readonly names: readonly string[] }) {
  return (
    <p className="empty">
      {names.length === 0
        ? "This image has no ROI table. Press New to start one."
        : "This table could not be shown. Choose another one."}
    </p>
  );
}

function EmptyTable() {
  const masking = useRois((state) => state.masking);
  const drawKey = useKeyOf()("draw-tool");
  if (masking) return <p className="empty">This masking table has no ROIs.</p>;
  return (
    <p className="empty">
      This table has no ROIs.{" "}
      {drawKey === undefined ? "Choose Draw ROI" : `Press ${keyText(drawKey, "+")}`} and drag over
      the image to draw one; ▾ beside Draw ROI has other ways.
    </p>
  );
}
