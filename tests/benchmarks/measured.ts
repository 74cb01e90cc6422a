/** What a benchmark found out, beside what it should be. */
export interface Measured {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** Undefined where there is no target. */
  readonly ok?: boolean;
}

/** Says a finding to whoever started the benchmark: one line of JSON on standard output. */
export function report(finding: Measured): void {
  console.log(JSON.stringify(finding));
}

/** Reads back what `report` has printed; other lines are passed over. */
export function findingsIn(output: string): Measured[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith('{"what":'))
    .map((line) => JSON.parse(line) as Measured);
}
