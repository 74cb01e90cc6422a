/** Entries whose cell in a column (from 1) says a certain word. */
export interface Condition {
  readonly column: number;
  readonly value: string;
}

/** What is to be done with a ledger. Columns count from 1. */
export type Job =
  | { readonly kind: "total"; readonly measure: number; readonly where: Condition }
  | { readonly kind: "count"; readonly where: Condition }
  | { readonly kind: "average"; readonly measure: number; readonly where: Condition }
  | { readonly kind: "count-from"; readonly measure: number; readonly bound: number }
  | { readonly kind: "distinct"; readonly column: number }
  | { readonly kind: "highest"; readonly measure: number; readonly give: number }
  | { readonly kind: "look-up"; readonly where: Condition; readonly give: number }
  | { readonly kind: "product"; readonly measure: number; readonly times: number }
  | { readonly kind: "flag"; readonly measure: number; readonly bound: number }
  | { readonly kind: "rank"; readonly measure: number }
  | { readonly kind: "running"; readonly measure: number }
  | { readonly kind: "share"; readonly measure: number }
  | { readonly kind: "clean"; readonly column: number }
  | {
      readonly kind: "calendar";
      readonly column: number;
      readonly part: "month" | "year" | "days";
      /** The day that days are counted to, ISO. */
      readonly until: string;
    }
  | {
      readonly kind: "look-up-column";
      readonly column: number;
      readonly list: string;
      /** What is written where nothing is found; empty for nothing. */
      readonly otherwise: string;
    }
  | {
      readonly kind: "sort";
      readonly column: number;
      readonly down: boolean;
      readonly byDate: boolean;
    }
  | { readonly kind: "unique" }
  | { readonly kind: "delete"; readonly where: Condition }
  | { readonly kind: "copy"; readonly where: Condition; readonly width: number }
  | { readonly kind: "list"; readonly column: number }
  | { readonly kind: "groups"; readonly column: number; readonly measure: number }
  | {
      readonly kind: "summary";
      readonly column: number;
      /** 0 to count entries. */
      readonly measure: number;
      readonly list: string;
    };
