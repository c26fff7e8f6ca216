/** Messages: said once, and counted where they come again. */
import { expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { createNotices, dismiss, notify, notifyError } from "./notices.ts";

const shown = (notices: ReturnType<typeof createNotices>) =>
  notices.getState().list.map(({ text, times }) => (times > 1 ? `${text} ×${times}` : text));

test("a message that comes again is counted where it stands", () => {
  const notices = createNotices();
  notify(notices, "warning", "a");
  notify(notices, "error", "b");
  notify(notices, "warning", "a");
  notify(notices, "warning", "a");
  expect(shown(notices)).toEqual(["a ×3", "b"]);
});

test("a later message about the same takes the place of the earlier one, and of no other", () => {
  const notices = createNotices();
  notify(notices, "error", "Not saved: full", "save");
  notify(notices, "warning", "Something else");
  notify(notices, "info", "Saved", "save");
  expect(shown(notices)).toEqual(["Something else", "Saved"]);
});

test("what was stopped on request is no error; what is dismissed is gone", () => {
  const notices = createNotices();
  notifyError(notices, new Fault("aborted", "Stopped"));
  notifyError(notices, new Fault("quota", "Full"));
  expect(shown(notices)).toEqual(["Full"]);
  for (const { id } of notices.getState().list) dismiss(notices, id);
  expect(shown(notices)).toEqual([]);
});
