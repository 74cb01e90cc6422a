import { afterAll, describe, expect, test } from "vitest";
import { spreadsheet } from "../../../../domains/spreadsheet/domain.ts";
import { wtq } from "../../../../domains/wtq/domain.ts";
import { sandboxKinds } from "../../../../harness/sandboxes/probe.ts";
import { sandboxesHere } from "../../../support/sandboxes.ts";

const [, pandas, libreoffice] = spreadsheet.needs({ recalculate: "libreoffice" });

test("both domains with workbooks bring the command", () => {
  expect([spreadsheet.commands, wtq.commands].map((commands) => commands?.[0]?.name)).toEqual([
    "sheet",
    "sheet",
  ]);
});

describe.each(await sandboxesHere())("%s", { timeout: 90_000 }, (name) => {
  const provider = sandboxKinds[name].open();
  afterAll(() => provider.close());
  const open = (files: Record<string, string> = {}) =>
    provider.open(new Map(Object.entries(files)), spreadsheet.commands);

  test("has the sheet command", async () => {
    const sandbox = await open();
    const written = await sandbox.exec(
      "mkdir out && sheet write out/a.xlsx A1 Name B1 1.5 A2 'a,\"b' B2 2024-03-05",
    );
    expect(written).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await sandbox.exec("sheet list out/a.xlsx")).stdout).toBe("Sheet1\n");
    expect((await sandbox.exec("cd out && sheet read a.xlsx")).stdout).toBe(
      'Name,1.5\r\n"a,""b",2024-03-05\r\n',
    );
    expect(await sandbox.exec("sheet read none.xlsx")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: "sheet: none.xlsx: no such file\n",
    });
  });

  test("fills workbooks from a file or a pipe", async () => {
    const sandbox = await open({ "in.csv": "a,1\nb,2\n" });
    const { stdout, stderr } = await sandbox.exec(
      "sheet fill x.xlsx B2 < in.csv && sheet write x.xlsx C4 '=SUM(C2:C3)' && cat in.csv | sheet fill x.xlsx A5 && sheet read x.xlsx",
    );
    expect(stderr).toBe("");
    expect(stdout).toBe(",,\r\n,a,1\r\n,b,2\r\n,,=SUM(C2:C3)\r\na,1,\r\nb,2,\r\n");
  });

  test("reads and writes what python's openpyxl and pandas do, where they are", async () => {
    const sandbox = await open();
    if (pandas && (await sandbox.exec(pandas.proof)).exitCode !== 0) return;
    const script = [
      "import pandas, openpyxl",
      "pandas.DataFrame({'n': [1, 2]}).to_excel('x.xlsx', index=False)",
      "print(openpyxl.load_workbook('x.xlsx').active['A3'].value, pandas.read_excel('x.xlsx')['n'].sum())",
    ].join("\n");
    const result = await sandbox.exec(
      `python3 -c "${script}" && sheet write x.xlsx A4 3 && sheet read x.xlsx && python3 -c "import pandas; print(pandas.read_excel('x.xlsx')['n'].sum())"`,
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: "2 3\nn\r\n1\r\n2\r\n3\r\n6\n" });
  });

  test("its help says how LibreOffice calculates, where that is", async () => {
    const sandbox = await open();
    const help = (await sandbox.exec("sheet --help")).stdout;
    const convert = /^soffice .*$/m.exec(help)?.[0] ?? "";
    expect(convert).toContain("--convert-to xlsx");
    if (libreoffice && (await sandbox.exec(libreoffice.proof)).exitCode !== 0) return;
    const result = await sandbox.exec(
      `sheet write x.xlsx A1 2 A2 '=A1*21' && ${convert.replace("FILE", "x.xlsx")} >/dev/null && sheet read calculated/x.xlsx`,
    );
    expect(result.stdout).toBe("2\r\n42\r\n");
  });
});
