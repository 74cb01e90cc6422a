import type { Image } from "../../../contracts/index.ts";
import type { GateTask } from "./fix-check.ts";

/** The task's pictures, for the user message of an analyst who may see the reference; none where the domain has none. */
export async function picturesOf({ domain, options, task }: GateTask): Promise<readonly Image[]> {
  return (await domain.images?.(task, options)) ?? [];
}

/** The field of a user message that pictures are; absent where there are none. */
export function withPictures(images: readonly Image[]): { readonly images?: readonly Image[] } {
  return images.length === 0 ? {} : { images };
}
