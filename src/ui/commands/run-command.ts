/** Runs a command for a person: says why it cannot be done, and what went wrong. */
import { attempt } from "../attempt.ts";
import type { Command, Desk } from "./command.ts";

export async function runCommand(command: Command, desk: Desk): Promise<void> {
  const reason = command.blocked?.(desk);
  desk.stage.status.setState({ refusal: reason });
  if (reason !== undefined) return;
  await attempt(desk.session, () => command.run(desk));
}
