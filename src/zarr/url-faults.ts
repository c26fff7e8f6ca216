/** The sentences for the ways in which a server mostly disappoints; those for the others come late (`url-rare.ts`). */
import { decoded } from "../base/decoded.ts";
import { Fault } from "../base/fault.ts";

/** The address without its query, which may hold a secret. */
export const shown = ({ origin, pathname }: URL): string =>
  origin + pathname.split("/").map(decoded).join("/");

export function refusal(
  { status, statusText }: Pick<Response, "status" | "statusText">,
  url: URL,
): Fault {
  const said = `${status} ${statusText}`.trim();
  const where = { where: shown(url) };
  if (status === 401 || status === 403)
    return new Fault("denied", `The server refuses access to ${shown(url)} (${said})`, where);
  return new Fault("http", `The server answered ${said} for ${shown(url)}`, where);
}

export function brokenOff(url: URL, cause: unknown): Fault {
  return new Fault("offline", `The connection broke off before all of ${shown(url)} was there`, {
    where: shown(url),
    cause,
  });
}

export function noAnswer(url: URL, cause: unknown): Fault {
  return new Fault(
    "offline",
    `There is no answer for ${shown(url)}: check the address and the network connection`,
    { where: shown(url), cause },
  );
}
