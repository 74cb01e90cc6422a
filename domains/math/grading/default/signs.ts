import type { Cursor } from "./cursor.ts";
import type { Expression } from "./expression.ts";

/** The sign of a term; nothing is a plus that is not written. */
export type Sign = "" | "+" | "-" | "pm" | "mp";

/** The sign before a term, where several are one: `+`, `-`, `pm`, `mp`, or nothing. */
export function takeSigns(cursor: Cursor): Sign {
  let sign: Sign = "";
  for (;;) {
    if (cursor.takes("+")) sign = sign === "" ? "+" : sign;
    else if (cursor.takes("-"))
      sign = sign === "-" ? "+" : sign === "pm" ? "mp" : sign === "mp" ? "pm" : "-";
    else if (cursor.takes("pm")) sign = sign === "-" ? "mp" : "pm";
    else if (cursor.takes("mp")) sign = sign === "-" ? "pm" : "mp";
    else return sign;
  }
}

/** A term with its sign. */
export function signed(of: Expression, sign: Sign): Expression {
  if (sign === "-") return { kind: "negative", of };
  if (sign === "pm" || sign === "mp") return { kind: "either-sign", of, flipped: sign === "mp" };
  return of;
}
