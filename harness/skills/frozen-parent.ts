import type { Skill } from "../contracts/index.ts";
import { keptIn } from "../kept.ts";
import { type Outline, outlineOf } from "./section.ts";
import { isMarkdown } from "./skill-path.ts";

/** Licence files, which nobody may reword. */
const LICENCE = /^(licen[cs]e|notice|copying)(\.[a-z]+)?$/i;

/** The parent skill as edits are placed on it; outlines are made once a file. */
export class FrozenParent {
  readonly skill: Skill;
  readonly #outlines = new Map<string, Outline>();

  constructor(skill: Skill) {
    this.skill = skill;
  }

  outline(file: string): Outline {
    return keptIn(this.#outlines, file, () =>
      outlineOf(this.skill.files.get(file) ?? "", isMarkdown(file)),
    );
  }

  isProtected(file: string): boolean {
    return LICENCE.test(file);
  }
}
