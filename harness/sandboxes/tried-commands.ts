import type { Sandbox } from "../contracts/index.ts";

/**
 * What language models often try in a shell, by the name that an agent is told where it is not there,
 * each with a command that fails then.
 */
const tried: Readonly<Record<string, string>> = {
  python: "[ \"$(python -c 'print(1)')\" = 1 ]",
  python3: "[ \"$(python3 -c 'print(1)')\" = 1 ]",
  bc: '[ "$(echo "scale=1; 3/2" | bc)" = 1.5 ]',
  awk: "[ \"$(awk 'BEGIN { print 1 + 1 }')\" = 2 ]",
  jq: '[ "$(jq -n 1)" = 1 ]',
  sqlite3: "[ \"$(sqlite3 :memory: 'select 1')\" = 1 ]",
  column: "echo a | column -t",
  nl: "echo a | nl",
  tac: "echo a | tac",
  seq: "seq 2",
  "`xargs -n1`": '[ "$(echo 1 2 | xargs -n1 echo | wc -l)" -eq 2 ]',
  "`xargs -I{}`": '[ "$(echo 1 | xargs -I{} echo a{})" = a1 ]',
  "`head -n -1`": '[ "$(seq 2 | head -n -1)" = 1 ]',
  "`paste -sd+`": '[ "$(seq 2 | paste -sd+)" = 1+2 ]',
  "`sort -g`": '[ "$(printf "1e1\\n2\\n" | sort -g | head -n 1)" = 2 ]',
  "`date -d` with a date": '[ "$(date -d "March 5, 1999" +%F)" = 1999-03-05 ]',
  "`date -d` with a difference (`+1 day`)": '[ "$(date -d "2024-02-28 +1 day" +%F)" = 2024-02-29 ]',
  "`grep -P` with a lookbehind": "echo a1 | grep -oP '(?<=a)1'",
  shuf: "echo a | shuf",
  realpath: "realpath .",
  mktemp: "mktemp",
  numfmt: "numfmt 1",
  iconv: "echo a | iconv -f utf8 -t utf8",
  xxd: "echo a | xxd",
  unzip: "command -v unzip",
  perl: "perl -e 1",
};

/** Those of the commands above that a sandbox does not have, in their order. */
export async function commandsMissingIn(sandbox: Sandbox): Promise<readonly string[]> {
  const names = Object.keys(tried);
  const checks = Object.values(tried).map(
    (proof, at) => `( ${proof} ) >/dev/null 2>&1 || echo ${at}`,
  );
  const { stdout } = await sandbox.exec(`${checks.join("\n")}\n:`);
  return stdout.split("\n").flatMap((at) => (at === "" ? [] : (names[Number(at)] ?? [])));
}
