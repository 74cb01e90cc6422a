import type { Skill } from "../contracts/index.ts";
import { type Outline, outlineOf } from "./section.ts";
import { isMarkdown } from "./skill-path.ts";

/** Licence files, which nobody may reword. */
const LICENCE = /^(licen[cs]e|notice|copying)(\.[a-z]+)?$/i;

/** The parent skill as edits are placed on it; outlines are made once a file. */
export class FrozenParent {
  readonly skill: Skill;
  readonly #outlines = new Map<string, Outline>();
  readonly #protectedFiles: ReadonlySet<string>;

  constructor(skill: Skill, protectedFiles: readonly string[]) {
    this.skill = skill;
    this.#protectedFiles = new Set(protectedFiles);
  }

  outline(file: string): Outline {
    const known = this.#outlines.get(file);
    if (known !== undefined) return known;
    const outline = outlineOf(this.skill.files.get(file) ?? "", isMarkdown(file));
    this.#outlines.set(file, outline);
    return outline;
  }

  isProtected(file: string): boolean {
    return LICENCE.test(file) || this.#protectedFiles.has(file);
  }
}
