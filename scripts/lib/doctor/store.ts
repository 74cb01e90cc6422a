import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { messageOf } from "../../../harness/errors.ts";
import { shown } from "../places.ts";
import type { Check } from "./check.ts";

/** A study of 20,000 episodes stays well below it. */
const enoughBytes = 1e9;

/** Whether results can be written; nothing is made. */
export function examineStore(dir: string): Check {
  const name = "store";
  const store = path.resolve(dir);
  let place = store;
  while (!existsSync(place)) place = path.dirname(place);
  try {
    if (!statSync(place).isDirectory()) throw new Error(`${shown(place)} is no directory`);
    accessSync(place, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(place);
    const free = bavail * bsize;
    const about = `${shown(store)} can be written, ${(free / 1e9).toFixed(1)} GB free`;
    if (free >= enoughBytes) return { name, ok: true, needed: true, about };
    return { name, ok: false, needed: true, about, fix: "Make room, or name another --store." };
  } catch (error) {
    const about = `${shown(store)} cannot be written (${messageOf(error)})`;
    return { name, ok: false, needed: true, about, fix: "Name a directory with --store." };
  }
}
