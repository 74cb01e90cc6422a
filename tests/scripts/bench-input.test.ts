import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { command, openWorkspace, type Ran, writeStudy } from "../support/commands.ts";

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

/** A study as a person writes it, with one line in place of another. */
function yamlWith(name: string, line: string, instead: string): string {
  const text = `study: demo
domain: wtq
models:
  small: { provider: builtin, name: small }
splits:
  evolve: { from: training, take: 6 }
  test: { from: pristine-unseen, take: 4 }
conditions: [no-skill, deepening+error]
authors: [small]
users: [small]
seeds: [41]
`;
  expect(text).toContain(line);
  return written(`${name}.yaml`, text.replace(line, instead));
}

describe("a study with a fault is refused by file, line, field and fix", { concurrent: true }, () => {
  const faults: readonly [string, string, string, RegExp][] = [
    ["unknown key", "seeds:", "sead:", /:11: sead: unknown key\. Did you mean seeds\?$/],
    [
      "misspelt condition",
      "deepening+error",
      "deepning+error",
      /:8: conditions\.1: "deepning\+error" is not a known value\. Did you mean deepening\+error\?$/,
    ],
    [
      "missing split",
      "  evolve: { from: training, take: 6 }\n",
      "",
      /:5: splits\.evolve: missing\. Evolution needs a split called evolve\.$/,
    ],
    [
      "split that the domain has not",
      "from: training",
      "from: trainning",
      /:6: splits\.evolve\.from: wtq has no split trainning\. Did you mean training\?$/,
    ],
    [
      "empty split",
      "from: training, take: 6",
      "from: training, skip: 90000, take: 6",
      /:6: splits\.evolve: empty: training has \d+ tasks, 0 after skip.*Lower skip/,
    ],
    [
      "two authors with one name",
      "authors: [small]",
      "authors: [small, small]",
      /:9: authors\.1: small is named twice\. Remove the second one\.$/,
    ],
    [
      "author that is no model",
      "authors: [small]",
      "authors: [smal]",
      /:9: authors\.0: no model is called smal\. Did you mean small\?$/,
    ],
    [
      "seed that is no integer",
      "seeds: [41]",
      "seeds: [4.5]",
      /:11: seeds\.0: expected a whole number \(it is 4\.5\)\. Write whole numbers, such as/,
    ],
    [
      "seed that is no number",
      "seeds: [41]",
      "seeds: [first]",
      /:11: seeds\.0: expected number.*\(it is "first"\)\. Write whole numbers, such as/,
    ],
    [
      "two models with one name",
      "users: [small]",
      "users: [small]\nusers: [small]",
      /:11: not valid YAML: Map keys must be unique\. /,
    ],
    [
      "a missing field",
      "users: [small]\n",
      "",
      /\.yaml: users: missing\. Add the field; README\.md shows the shape of a study\.$/,
    ],
  ];
  for (const [name, line, instead, message] of faults) {
    test(name, async () => {
      const file = yamlWith(name.replaceAll(" ", "-"), line, instead);
      const lines = complaint(await bench(file));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(file);
      expect(lines[0]).toMatch(message);
    });
  }

  test("all faults of a file at once, one a line", async () => {
    const file = written("many.yaml", "study: demo\ndomain: wkq\nseeds: [x]\nusers: [y]\n");
    const lines = complaint(await bench(file));
    expect(lines.length).toBeGreaterThanOrEqual(5);
    for (const line of lines) expect(line).toContain(file);
  });
});

describe("a file that is no study", { concurrent: true }, () => {
  const files: readonly [string, () => string, RegExp][] = [
    ["missing", () => work.path("none.yaml"), /there is no such file\. Name a study file/],
    ["a directory", () => work.dir, /cannot be read: EISDIR.*Name a study file/],
    ["no YAML", () => written("torn.yaml", "models: [\n"), /torn\.yaml:\d+: not valid YAML/],
    ["text", () => written("text.yaml", "hello\n"), /expected object.*\(it is "hello"\)/],
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
    [["--max-cost", "free"], /Write a number above 0\./],
    [["--set", "nonsense"], /^error: --set: "nonsense" is not path=value\. Write for example/],
    [["--set", "sets.a=1"], /^error: --set: sets: unknown key\./],
    [["--set", "study.a.b=1"], /^error: --set: study\.a\.b: there is no such place/],
    [["--set", "seeds=[41"], /^error: --set: seeds: "\[41" is not valid YAML\. Close what/],
    [["--set", "users=[big]"], /^error: --set: users\.0: no model is called big\./],
    [["--set", "splits.test.skip=90000"], /^error: --set: splits\.test: empty: .*Lower skip/],
    [["--models", "none.yaml"], /^error: none\.yaml: there is no such file\. Name a models file/],
    [["--replay", "none"], /^error: none: has no recorded calls.*--record/],
    [["--store", study], /^error: --store: \S+good\.yaml is no directory that can be written/],
    [["--out", study], /^error: --out: \S+good\.yaml is no directory that can be written/],
    [["--frobnicate"], /unknown option '--frobnicate'/],
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
