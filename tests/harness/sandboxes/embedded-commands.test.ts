import { afterAll, describe, expect, test } from "vitest";
import { embeddedSandboxes } from "../../../harness/sandboxes/embedded.ts";

const provider = embeddedSandboxes();
afterAll(() => provider.close());
const files = new Map([["rows.txt", "a\nb\nc"]]);
const ran = async (command: string) => (await provider.open(files)).exec(command);

/** What GNU's programs print. */
const outputs: Readonly<Record<string, string>> = {
  "printf '1 2 3' | xargs -n1 echo": "1\n2\n3\n",
  "printf '1\\n2\\n' | xargs -I{} echo x{}y": "x1y\nx2y\n",
  "printf '1 2' | xargs echo -n1 -I{}": "-n1 -I{} 1 2\n",
  "printf '1,2' | xargs -d, -n1 echo": "1\n2\n",
  "seq 3 | paste -sd+": "1+2+3\n",
  "seq 4 | paste -d , - -": "1,2\n3,4\n",
  "paste -s rows.txt": "a\tb\tc\n",
  "seq 3 | head -n -1": "1\n2\n",
  "head -n-2 rows.txt": "a\n",
  "head --lines=-1 rows.txt": "a\nb\n",
  "head -c -2 rows.txt": "a\nb",
  "head -n 1 rows.txt": "a\n",
  "seq 3 | paste -sd+ | bc": "6\n",
};

test.each(Object.entries(outputs))("%s", async (command, stdout) => {
  expect(await ran(command)).toMatchObject({ exitCode: 0, stdout, stderr: "" });
});

/** What GNU bc 1.07 prints. */
const calculations: Readonly<Record<string, string>> = {
  "12 - 4": "8\n",
  "scale=2; 10/3": "3.33\n",
  "10/3; 7%3; -7%3": "3\n1\n-1\n",
  "1.50+1.5; 1.10*1.10; .5*.5; -.5; 1.00-1": "3.00\n1.21\n.2\n-.5\n0\n",
  "2^10; 2^3^2; -2^2; 2^-1; scale=3; 2^-2; 1.23^3": "1024\n512\n4\n0\n.250\n1.860\n",
  "sqrt(2); scale=10; sqrt(2); sqrt(0.25)": "1\n1.4142135623\n.5000000000\n",
  "a=5; a+=2; a; ++a; a++; a--; a": "7\n8\n8\n9\n8\n",
  "1<2; 3==4; !0; 1&&0; 1||0": "1\n0\n1\n0\n1\n",
  'print "x=", 3*4, "\\n"': "x=12\n",
  "length(12.345); scale(1.50)": "5\n2\n",
  "2^300":
    "20370359763344860862684456884093781610514683936659362506361404493543\\\n81299763336706183397376\n",
  "(3+4)*2 # seven\nquit\n5": "14\n",
};

describe("bc", () => {
  test.each(Object.entries(calculations))("%s", async (text, stdout) => {
    expect(await ran(`bc <<'E'\n${text}\nE`)).toMatchObject({ exitCode: 0, stdout, stderr: "" });
  });

  test("-l divides to twenty places", async () => {
    expect((await ran("echo '2/3' | bc -l")).stdout).toBe(".66666666666666666666\n");
  });

  test.each([
    ["if (1) 2", "if is not known here; use python3 or awk"],
    ["s(1)", "s() is not known here; use python3"],
    ["1/0", "divide by zero"],
    ["3 $ 4", "illegal character: $"],
  ])("refuses %s in words", async (text, problem) => {
    const said = await ran(`echo '${text}' | bc`);
    expect(said).toMatchObject({ exitCode: 1, stderr: `bc: ${problem}\n` });
  });
});
