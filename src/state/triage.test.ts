/** Triage as the user likes it. */
import { expect, test } from "vitest";
import { USUAL_CATEGORIES } from "../roi/triage.ts";
import { habitsInMemory, testServices } from "../testing/services.ts";
import { createSession } from "./session.ts";
import { setCategories } from "./triage.ts";

test("one's own categories are kept from visit to visit", () => {
  const services = testServices();
  const categories = () => createSession(services).triage.getState().categories;
  expect(categories()).toEqual(USUAL_CATEGORIES);
  const first = createSession(services);
  setCategories(first, "mitotic, dead, mitotic,, debris");
  expect(first.triage.getState().categories).toEqual(["mitotic", "dead", "debris"]);
  expect(categories()).toEqual(["mitotic", "dead", "debris"]);
  setCategories(first, " , ");
  expect(categories()).toEqual(["mitotic", "dead", "debris"]);
});

test("what is kept and lists none leaves the usual ones", () => {
  for (const kept of [7, ", ,", ["keep"]]) {
    const services = testServices({ habits: habitsInMemory({ "triage-categories": kept }) });
    expect(createSession(services).triage.getState().categories).toEqual(USUAL_CATEGORIES);
  }
});
