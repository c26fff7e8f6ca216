/** Why a command cannot be done: told as it is, also while a table is on its way. */
import { expect, test } from "vitest";
import { testSession } from "../../testing/services.ts";
import { needsTable } from "./command.ts";

test("a table that is still being read is not told as none", () => {
  const session = testSession();
  expect(needsTable({ session })).toBe("No ROI table is open");
  session.rois.setState({ tableName: "FOV_ROI_table", loading: true });
  expect(needsTable({ session })).toBe("The ROI table is still being read");
});
