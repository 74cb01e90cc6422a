/** Every format a table can be had in. */
export const formats = ["terminal", "md", "csv", "tex", "json"] as const;
export type Format = (typeof formats)[number];
