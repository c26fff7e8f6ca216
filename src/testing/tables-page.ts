/** A page over a small image with two ROI tables of other backends, the first of them open. */
import { moveBy } from "../editor/commands.ts";
import { roiAt } from "../roi/rois.ts";
import { openSource } from "../state/open.ts";
import { edit, type RoiState } from "../state/rois.ts";
import type { Services } from "../state/services.ts";
import { createSession, type Session } from "../state/session.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { sourceOver, testServices } from "./services.ts";
import { putRois, smallImage } from "./tables.ts";
import { WatchedStore } from "./watched-store.ts";

export class TablesPage {
  readonly store: WatchedStore = new WatchedStore();
  readonly services: Services = testServices();
  readonly session: Session = createSession(this.services);

  /** With FOV_ROI_table as CSV and other_ROI_table as AnnData. */
  static async open(): Promise<TablesPage> {
    const page = new TablesPage();
    const { store } = page;
    await smallImage(store);
    await putRois(store, "FOV_ROI_table");
    await putRois(store, "other_ROI_table", { backend: "anndata" });
    await openSource(page.session, sourceOver(store, page.services));
    return page;
  }

  state(): RoiState {
    return this.session.rois.getState();
  }

  /** Moves the first ROI along x. */
  move(by = 5): void {
    const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
    edit(this.session, moveBy(this.state().document.rois, new Set([0]), [0, 0, by], grid));
  }

  /** A table's first box and how many rows it has, as someone who opens the data now sees them. */
  async onDisk(table: string): Promise<string> {
    const other = createSession(this.services);
    await openSource(other, sourceOver(new MemoryStore(this.store.spec), this.services), { table });
    const { document, tableName, names } = other.rois.getState();
    if (tableName !== table) return `none of ${names.join()}`;
    const { rois } = document;
    return `${roiAt(rois, 0)?.box.min[2]} of ${rois.base.names.length}`;
  }
}
