/** Runs a command for a person: says why it cannot be done, and what went wrong. */
import { notifyError } from "../../state/notices.ts";
import type { Command, Desk } from "./command.ts";

export async function runCommand(command: Command, desk: Desk): Promise<void> {
  const reason = command.blocked?.(desk);
  if (reason !== undefined) {
    desk.stage.status.setState({ hint: { says: reason, keys: [] } });
    return;
  }
  try {
    await command.run(desk);
  } catch (error) {
    notifyError(desk.session.notices, error);
  }
}
