/** The menu of ways to make ROIs other than by hand, and the form or the progress of the one that is chosen. */
import { type ChangeEvent, useRef, useState } from "react";
import { duplicate } from "../../editor/add-rois.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { addMade, foundObjects } from "../../state/create-rois.ts";
import { edit } from "../../state/rois.ts";
import { workingLevel } from "../../state/view.ts";
import { mayLeave } from "../leaving.ts";
import { type Shown, usePage, useShown } from "../page.ts";
import { useRois, useSession, useView } from "../session-context.ts";
import { attempt } from "../task/take-recipe.ts";
import { BoxForm } from "./box-form.tsx";
import { GridForm } from "./grid-form.tsx";
import { copySelected, pasteFromClipboard, useRoiClipboard } from "./roi-clipboard.ts";
import { takeMetadata } from "./take-metadata.ts";

/** How far the search for a label's objects is. */
interface Search {
  readonly label: string;
  readonly done: number;
  readonly of: number;
  readonly controller: AbortController;
}

export function NewRois({ image }: { readonly image: Image }) {
  const session = useSession();
  const menu = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const page = usePage();
  const form = useShown((shown) => shown.form);
  const setForm = (wanted: Shown["form"]): void => page.shown.setState({ form: wanted });
  const [search, setSearch] = useState<Search>();
  const hasTable = useRois((rois) => rois.table !== undefined && !rois.masking);
  const selected = useRois((rois) => rois.document.selection.size);
  const labels = useView((view) => view.labels);
  useRoiClipboard(session, image);

  const act = (doIt: () => void | Promise<void>): void => {
    menu.current?.hidePopover();
    void attempt(session, doIt);
  };
  const copySelection = (): void => {
    const { rois, selection } = session.rois.getState().document;
    const { grid } = workingLevel(session.view.getState(), image);
    edit(session, duplicate(rois, selection, grid));
  };
  const find = async (label: string): Promise<void> => {
    if (!mayLeave(session)) return;
    const controller = new AbortController();
    setSearch({ label, done: 0, of: 1, controller });
    const signal = AbortSignal.any([controller.signal, session.opening.controller.signal]);
    const onProgress = (done: number, of: number): void =>
      setSearch({ label, done, of, controller });
    try {
      await foundObjects(session, label, { signal, onProgress });
    } finally {
      setSearch(undefined);
    }
  };
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    // The same files can be picked again.
    event.target.value = "";
    if (files.length > 0) void attempt(session, () => takeMetadata(session, files));
  };
  return (
    <>
      <div className="line">
        <button type="button" className="quiet small" popoverTarget="new-rois" disabled={!!search}>
          New ROIs ▾
        </button>
        {search && (
          <>
            <progress
              aria-label={`Objects of ${search.label}`}
              value={search.done}
              max={search.of}
            />
            <button type="button" className="quiet small" onClick={() => search.controller.abort()}>
              Cancel
            </button>
          </>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        accept=".mlf,.mrf"
        multiple
        hidden
        aria-label="Yokogawa metadata"
        onChange={pick}
      />
      <div id="new-rois" ref={menu} popover="auto" className="menu">
        <button type="button" disabled={!hasTable} onClick={() => act(() => setForm("box"))}>
          By numbers…
        </button>
        <button type="button" disabled={!hasTable} onClick={() => act(() => setForm("grid"))}>
          Grid…
        </button>
        <button
          type="button"
          disabled={!hasTable}
          onClick={() =>
            act(() =>
              addMade(session, [{ name: "image_1", box: worldOf(image.levels[0].grid) }], "Add"),
            )
          }
        >
          Whole image
        </button>
        <button
          type="button"
          disabled={!hasTable || selected === 0}
          onClick={() => act(copySelection)}
        >
          Duplicate the selected
        </button>
        <hr />
        <button
          type="button"
          disabled={selected === 0}
          onClick={() => act(() => copySelected(session, image, "geojson"))}
        >
          Copy as GeoJSON <kbd>Ctrl C</kbd>
        </button>
        <button
          type="button"
          disabled={selected === 0}
          onClick={() => act(() => copySelected(session, image, "csv"))}
        >
          Copy as CSV
        </button>
        <button
          type="button"
          disabled={!hasTable}
          onClick={() => act(() => pasteFromClipboard(session))}
        >
          Paste <kbd>Ctrl V</kbd>
        </button>
        <hr />
        {labels.map((label) => (
          <button key={label} type="button" onClick={() => act(() => find(label))}>
            Table of the objects of “{label}”
          </button>
        ))}
        <button type="button" onClick={() => act(() => picker.current?.click())}>
          Table from Yokogawa .mlf and .mrf…
        </button>
      </div>
      {form === "box" && hasTable && <BoxForm image={image} onClose={() => setForm(undefined)} />}
      {form === "grid" && hasTable && <GridForm image={image} onClose={() => setForm(undefined)} />}
    </>
  );
}
