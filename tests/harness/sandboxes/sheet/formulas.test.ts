import { describe, expect, test } from "vitest";
import { sheetDesk } from "../../../support/sheet-desk.ts";

/** Column by column: names, amounts, days, numbers, results of tests. */
const table = [
  ["name", "amount", "day", "n", "ok"],
  ["ann", "10", "2024-01-15", "3", "TRUE"],
  ["bob", "20", "2024-01-31", "1", "FALSE"],
  ["cat", "30", "2024-02-29", "2", "TRUE"],
  ["ann", "40", "2024-03-05", "", "TRUE"],
];

/** What a formula gives in a cell beside the table, and how it is told to a reader of stored values. */
async function resultOf(formula: string, other = "5"): Promise<string> {
  const desk = sheetDesk();
  const csv = table.map((row) => row.join(",")).join("\n");
  await desk.run(["fill", "t.xlsx", "A1"], csv);
  await desk.out("write", "t.xlsx", "--sheet", "Other Sheet", "A1", other, "A2", "7");
  await desk.out("write", "t.xlsx", "H10", formula);
  const { stderr } = await desk.run(["recalc", "t.xlsx"]);
  if (stderr !== "") return stderr.trim();
  return (await desk.out("read", "t.xlsx", "H10")).replace(/\r\n$/, "");
}

describe("computes", () => {
  test.each([
    // operators
    ["=1+2*3^2", "19"],
    ["=-2^2", "4"],
    ["=10%*50", "5"],
    ['="a"&1&TRUE', "a1TRUE"],
    ["=0.1+0.2=0.3", "TRUE"],
    ['="A"="a"', "TRUE"],
    ["=1/0", "#DIV/0!"],
    ['="x"+1', "#VALUE!"],
    ['="3"*"4"', "12"],
    ["=G1", "0"],
    ['=G1&""', ""],
    ["=1-0.9-0.1", "0"],
    // sums and counts
    ["=SUM(B2:B5)", "100"],
    ["=SUM(B:B)", "100"],
    ['=SUMIF(A2:A5,"ann",B2:B5)', "50"],
    ['=SUMIFS(B2:B5,A2:A5,"a*",B2:B5,">10")', "40"],
    ['=COUNTIF(B2:B5,">=20")', "3"],
    ['=COUNTIFS(A:A,"ann",E:E,TRUE)', "2"],
    ['=COUNTIF(A1:A10,"")', "5"],
    ["=COUNT(A1:E5)", "11"],
    ["=COUNTA(A1:A9)", "5"],
    ["=COUNTBLANK(D1:D5)", "1"],
    ["=AVERAGE(B2:B5)", "25"],
    ['=AVERAGEIF(A2:A5,"ann",B2:B5)', "25"],
    ['=AVERAGEIF(A2:A5,"zoe",B2:B5)', "#DIV/0!"],
    ['=MAXIFS(B2:B5,A2:A5,"ann")', "40"],
    ["=SUMPRODUCT(B2:B5,D2:D5)", "110"],
    ['=SUMPRODUCT((A2:A5="ann")*(B2:B5>10)*B2:B5)', "40"],
    ["=LARGE(B2:B5,2)", "30"],
    ["=SMALL(B2:B5,1)", "10"],
    ["=RANK(30,B2:B5)", "2"],
    ["=RANK(30,B2:B5,1)", "3"],
    ["=MEDIAN(B2:B5)", "25"],
    ["=STDEV(B2:B5)", "12.909944487358056"],
    ["=SUBTOTAL(9,B2:B5)", "100"],
    ['=AGGREGATE(14,6,B2:B5/(A2:A5="ann"),1)', "40"],
    // choices
    ['=IF(B2>5,"yes","no")', "yes"],
    ['=IFERROR(VLOOKUP("zoe",A2:B5,2,FALSE),"none")', "none"],
    ['=IFS(B2>50,"a",B2>5,"b")', "b"],
    ['=SWITCH(B2,5,"five",10,"ten","other")', "ten"],
    ["=AND(E2:E5)", "FALSE"],
    ["=OR(E2:E5)", "TRUE"],
    // finding
    ['=VLOOKUP("bob",A2:B5,2,FALSE)', "20"],
    ["=VLOOKUP(25,B2:D5,3)", "1"],
    ['=HLOOKUP("amount",A1:E5,3,FALSE)', "20"],
    ['=INDEX(B2:B5,MATCH("cat",A2:A5,0))', "30"],
    ["=MATCH(25,B2:B5)", "2"],
    ['=XLOOKUP("zoe",A2:A5,B2:B5,"none")', "none"],
    ['=XLOOKUP("ann",A2:A5,B2:B5,,0,-1)', "40"],
    ['=LOOKUP(2,1/(A2:A5="ann"),B2:B5)', "40"],
    ["=SUM(OFFSET(B2,1,0,2,1))", "50"],
    ['=INDIRECT("B"&3)', "20"],
    ["=SUM(B2:INDEX(B2:B5,2))", "30"],
    ["=ROW()+COLUMN(B1)", "12"],
    ["=ADDRESS(2,3)", "$C$2"],
    // other sheets
    ["='Other Sheet'!A1*2", "10"],
    ["=SUM('Other Sheet'!A1:A2)", "12"],
    ["=Nowhere!A1", "#REF!"],
    // texts
    ['=LEFT("hello",2)&MID("hello",3,2)&RIGHT("hello",1)', "hello"],
    ['=TRIM("  a   b ")', "a b"],
    ['=PROPER("o\'neil smith")', "O'Neil Smith"],
    ['=SUBSTITUTE("a-b-c","-","+",2)', "a-b+c"],
    ['=FIND("b","abc")+SEARCH("C","abc")', "5"],
    ['=TEXTJOIN("/",TRUE,A2:A4)', "ann/bob/cat"],
    ['=CONCAT(A2:A3,"!")', "annbob!"],
    ['=VALUE("1,234.5")', "1234.5"],
    ['=TEXT(1234.567,"#,##0.00")', '"1,234.57"'],
    ['=TEXT(0.256,"0.0%")', "25.6%"],
    ['=TEXT(-5,"0.00;(0.00)")', "(5.00)"],
    ['=TEXT(5,"000")', "005"],
    ['=TEXT(C2,"dd mmm yyyy")', "15 Jan 2024"],
    ['=TEXT(C2,"dddd")', "Monday"],
    ['=TEXT(0.75,"hh:mm AM/PM")', "06:00 PM"],
    ['=TEXT(123456789,"000-00-0000")', "123-45-6789"],
    // numbers
    ["=ROUND(2.5,0)", "3"],
    ["=ROUND(1.005,2)", "1.01"],
    ["=ROUND(-1234.5,-2)", "-1200"],
    ["=MOD(-3,2)", "1"],
    ["=INT(-2.5)", "-3"],
    ["=CEILING(7,5)+FLOOR(7,5)", "15"],
    // dates
    ["=DATE(2024,2,30)", "45352"],
    ["=YEAR(C2)*10000+MONTH(C2)*100+DAY(C2)", "20240115"],
    ["=EOMONTH(C2,1)-C4", "0"],
    ["=EDATE(C3,1)-DATE(2024,2,29)", "0"],
    ['=DATEDIF(C2,C5,"m")', "1"],
    ["=WEEKDAY(C2)", "2"],
    ["=NETWORKDAYS(C2,C3)", "13"],
    ["=DAYS(C3,C2)", "16"],
    ['=DATEVALUE("15 Jan 2024")-C2', "0"],
    // arrays and names
    ["=SUM({1,2;3,4})", "10"],
    ["=LET(x,2,y,x*3,x+y)", "8"],
    ['=SUM(FILTER(B2:B5,A2:A5="ann"))', "50"],
    ["=COUNTA(UNIQUE(A2:A5))", "3"],
    // money
    ["=ROUND(PMT(0.01,12,1000),4)", "-88.8488"],
    ["=ROUND(IRR({-100,60,60}),6)", "0.130662"],
  ])("%s", async (formula, text) => {
    expect(await resultOf(formula)).toBe(text);
  });
});

describe("keeps the value, and says why, of", () => {
  test.each([
    ["=NOSUCH(1)", "NOSUCH is not a known function (Sheet1!H10)"],
    ["=[1]Sheet1!A1", "refers to another workbook (Sheet1!H10)"],
    ["=H10+1", "it refers to itself in a circle (Sheet1!H10)"],
    ["=1+", "not understood: =1+ (Sheet1!H10)"],
    [`=${"(".repeat(300)}1${")".repeat(300)}`, "nested too deeply (Sheet1!H10)"],
  ])("%s", async (formula, reason) => {
    expect(await resultOf(formula)).toBe(`sheet: t.xlsx: 1 formula keeps its old value: ${reason}`);
  });
});

test("formulas are computed in the order in which they need each other, however long the chain", async () => {
  const desk = sheetDesk();
  const rows = Array.from({ length: 3000 }, (_, i) => (i === 2999 ? "1" : `=A${i + 2}+1`));
  await desk.run(["fill", "t.xlsx"], rows.join("\n"));
  expect(await desk.out("recalc", "t.xlsx")).toBe("2999 of 2999 formulas calculated\n");
  expect(await desk.out("read", "t.xlsx", "A1")).toBe("3000\r\n");
});

test("the cells of a circle are named, the ones that need it are not", async () => {
  const desk = sheetDesk();
  await desk.out("write", "t.xlsx", "A1", "=B1", "B1", "=C1", "C1", "=A1", "D1", "=ISBLANK(Z1)");
  const { stdout, stderr, exitCode } = await desk.run(["recalc", "t.xlsx"]);
  expect([stdout, exitCode]).toEqual(["1 of 4 formulas calculated\n", 1]);
  expect(stderr).toContain("it refers to itself in a circle (Sheet1!A1, Sheet1!B1, Sheet1!C1)");
});

test("shared formulas, array formulas and names of other programs are computed", async () => {
  const desk = sheetDesk();
  await desk.book((b) => {
    const s = b.addWorksheet("S");
    for (let row = 1; row <= 4; row++) s.getCell(row, 1).value = row;
    s.fillFormula("B1:B4", "A1*$A$2", [0, 0, 0, 0]);
    s.getCell("C1").value = { shareType: "array", ref: "C1:C4", formula: "A1:A4*10" } as never;
    s.getCell("D1").value = { formula: "SUM(numbers)" };
    b.definedNames.add("S!$A$1:$A$4", "numbers");
  });
  await desk.out("recalc", "b.xlsx");
  expect(await desk.out("read", "b.xlsx")).toBe("1,2,10,10\r\n2,4,20,\r\n3,6,30,\r\n4,8,40,\r\n");
});

test("a formula that gives several values fills the cells below and beside it", async () => {
  const desk = sheetDesk();
  await desk.run(["fill", "t.xlsx"], "b\na\nb\nc\n");
  await desk.out(
    "write",
    "t.xlsx",
    "C1",
    "=SORT(UNIQUE(A1:A4))",
    "E1",
    "=SEQUENCE(2,2)",
    "F2",
    "here",
  );
  await desk.out("recalc", "t.xlsx");
  expect(await desk.out("read", "t.xlsx", "C1:F4")).toBe(
    "a,,#SPILL!,\r\nb,,,here\r\nc,,,\r\n,,,\r\n",
  );
});

test("a reader of stored values finds them, typed", async () => {
  const desk = sheetDesk();
  await desk.out("write", "b.xlsx", "A1", "=1/4", "A2", '="t "&1', "A3", "=1>2", "A4", "=NA()");
  await desk.out("recalc", "b.xlsx");
  const cells = ["A1", "A2", "A3", "A4"].map(
    async (at) => (await desk.opened()).worksheets[0]?.getCell(at).result,
  );
  expect(await Promise.all(cells)).toEqual([0.25, "t 1", false, { error: "#N/A" }]);
});
