/** Every format a ladder can be had in. */
export const ladderFormats = ["terminal", "md", "csv", "json"] as const;
export type LadderFormat = (typeof ladderFormats)[number];
