import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { command, openWorkspace, type Ran, writeStudy } from "../support/commands.ts";

vi.setConfig({ testTimeout: 180_000, maxConcurrency: 3 });
const work = openWorkspace();
afterAll(work.remove);

let runs = 0;
function bench(study: string, ...args: readonly string[]): Promise<Ran> {
  return command("bench", [study, ...work.flags(`run-${runs++}`), ...args]);
}

/** The lines of standard error that are about what went wrong; notes on data and sandbox may come before. */
function complaint({ code, out, err }: Ran): readonly string[] {
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).not.toMatch(/^\s+at /m);
  const lines = err.trimEnd().split("\n");
  const from = lines.findIndex((line) => line.startsWith("error: "));
  expect(from).toBeGreaterThanOrEqual(0);
  return lines.slice(from);
}

function written(name: string, text: string): string {
  const file = work.path(name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A study as a person writes it; line numbers below are its. */
const faulty = `study: demo
domain: wtq
models:
  small: { provider: builtin, name: small }
splits:
  evolve: { from: trainning, take: 6 }
  test: { from: pristine-unseen, take: none }
conditions: [no-skill, deepning+error, creation+error]
authors: [small, small]
users: [smal]
seeds: [41, 4.5, first]
agent: { turn: 5 }
sandbx: auto
`;

test("all faults of a study are said at once, each with file, line, field and fix", async () => {
  const file = written("faulty.yaml", faulty);
  const lines = complaint(await bench(file)).map((line) => line.replace(/^error: /, ""));
  expect(lines.toSorted()).toEqual(
    [
      `${file}:6: splits.evolve.from: wtq has no split trainning. Did you mean training?`,
      `${file}:7: splits.test.take: expected number, received string (it is "none"). README.md shows the shape of a study.`,
      `${file}:8: conditions.1: "deepning+error" is not a known value. Did you mean deepening+error?`,
      `${file}:9: authors.1: small is named twice. Remove the second one.`,
      `${file}:10: users.0: no model is called smal. Did you mean small?`,
      `${file}:11: seeds.1: expected a whole number (it is 4.5). Write whole numbers, such as seeds: [41, 42, 43].`,
      `${file}:11: seeds.2: expected number, received string (it is "first"). Write whole numbers, such as seeds: [41, 42, 43].`,
      `${file}:12: agent.turn: unknown key. Did you mean turns?`,
      `${file}:13: sandbx: unknown key. Did you mean sandbox?`,
    ].toSorted(),
  );
});

describe("one fault is one line", { concurrent: true }, () => {
  const faults: readonly [string, Readonly<Record<string, unknown>>, RegExp][] = [
    [
      "a split that evolution needs is missing",
      { splits: { test: { from: "training" } }, conditions: ["creation+error"] },
      /\.yaml:10: splits\.evolve: missing\. Evolution needs a split called evolve\.$/,
    ],
    [
      "a split is empty",
      { splits: { test: { from: "training", skip: 90_000 } } },
      /\.yaml:11: splits\.test: empty: training has \d+ tasks, 0 after skip.*Lower skip/,
    ],
    [
      "a field is missing",
      { users: undefined },
      /\.yaml: users: missing\. Add the field; README\.md shows the shape of a study\.$/,
    ],
  ];
  for (const [name, over, message] of faults) {
    test(name, async () => {
      const lines = complaint(await bench(writeStudy(work, name.replaceAll(" ", "-"), over)));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(message);
    });
  }
});

describe("a file that is no study", { concurrent: true }, () => {
  const files: readonly [string, () => string, RegExp][] = [
    ["missing", () => work.path("none.yaml"), /there is no such file\. Name a study file/],
    ["a directory", () => work.dir, /cannot be read: EISDIR.*Name a study file/],
    [
      "a mapping with a key twice",
      () => written("twice.yaml", "seeds: [1]\nseeds: [2]\n"),
      /twice\.yaml:2: not valid YAML: Map keys must be unique\. /,
    ],
    [
      "bytes",
      () => written("bytes.yaml", "\u0001\u0002ab".repeat(400)),
      /^error: .{0,400}README\.md shows the shape of a study\.$/,
    ],
  ];
  for (const [name, file, message] of files) {
    test(name, async () => {
      const lines = complaint(await bench(file()));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(message);
    });
  }
});

describe("a flag that does not fit", { concurrent: true }, () => {
  const study = writeStudy(work, "good");
  const flags: readonly [readonly string[], RegExp][] = [
    [["--limit", "0"], /'--limit <n>' argument '0' is invalid\. Write a whole number from 1\./],
    [["--seeds", "41,x"], /Write whole numbers, such as 41,42,43\./],
    [["--set", "nonsense"], /^error: --set: "nonsense" is not path=value\. Write for example/],
    [["--set", "sets.a=1"], /^error: --set: sets: unknown key\./],
    [["--set", "seeds=[41"], /^error: --set: seeds: "\[41" is not valid YAML\. Close what/],
    [["--set", "users=[big]"], /^error: --set: users\.0: no model is called big\./],
    [["--models", "none.yaml"], /^error: none\.yaml: there is no such file\. Name a models file/],
    [["--replay", "none"], /^error: none: has no recorded calls.*--record/],
    [["--store", study], /^error: --store: \S+good\.yaml is no directory that can be written/],
    [["--data-dir", "none"], /^error: --data-dir: none is no directory\. Name the directory/],
    [["--set", "domain=toString"], /^error: --set: domain: there is no domain toString\./],
    [
      ["--set", "paper=table1"],
      /^error: --set: paper: the study has no arm of table1\. Call splits as its columns \(vrf,/,
    ],
    [["--out", study], /^error: --out: \S+good\.yaml is no directory that can be written/],
  ];
  for (const [args, message] of flags) {
    test(args.join(" ").replace(work.dir, ""), async () => {
      const lines = complaint(await bench(study, ...args));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(message);
    });
  }

  test("a price that --max-cost needs is asked for where the model stands", async () => {
    const models = written(
      "unpriced.yaml",
      "models:\n  small: { provider: openai, name: m, baseURL: 'http://127.0.0.1:9/v1' }\n",
    );
    const lines = complaint(await bench(study, "--models", models, "--max-cost", "1"));
    expect(lines).toEqual([
      `error: ${models}:2: models.small.price: missing, so --max-cost cannot be kept. Add price: { input: ..., output: ... } in USD per million tokens.`,
    ]);
  });
});

describe("a skill or a data set with a fault", { concurrent: true }, () => {
  const study = writeStudy(work, "given");

  test("a skill that does not lint is refused, every error by file and line", async () => {
    const skill = path.dirname(
      written(
        "skills/mine/SKILL.md",
        "---\nname: yours\ndescription: Reads tables.\n---\n\nSee [more](references/none.md).\n",
      ),
    );
    const set = ["--set", `skills.human-written=${skill}`];
    expect(complaint(await bench(study, ...set))).toEqual([
      `error: ${skill}/SKILL.md:2: name: name "yours" is not the directory's name "mine". Rename one of them.`,
      `${skill}/SKILL.md:6: broken-link: "references/none.md" is not in the skill. Add the file, or take the link away.`,
    ]);
  });

  test("a skill that is not there", async () => {
    const set = ["--set", `skills.placebo=${work.path("skills/none")}`];
    const lines = complaint(await bench(study, ...set));
    expect(lines[0]).toMatch(/skills\/none: no skill can be read here.*holds a SKILL\.md\.$/);
  });

  test("a table that does not parse", async () => {
    for (const split of ["training", "pristine-unseen-tables"])
      written(
        `data/wtq/data/${split}.tsv`,
        "id\tutterance\tcontext\ttargetValue\nnt-1\twho?\tcsv/1-csv/0.csv\tA\n",
      );
    written("data/wtq/csv/1-csv/0.csv", '"Name","Size"\n"Ode,"3 km"\n');
    const lines = complaint(await bench(study, "--data-dir", work.path("data")));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /data\/wtq: csv\/1-csv\/0\.csv:2: a quotation mark is not closed.*npm run data -- fetch wtq/,
    );
  });
});
