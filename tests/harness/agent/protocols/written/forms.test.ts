import { describe, expect, test } from "vitest";
import { readWrittenCalls } from "../../../../../harness/agent/protocols/written/forms.ts";
import type { ToolSpec } from "../../../../../harness/contracts/index.ts";

const text = (name: string) => ({ type: "object", properties: { [name]: { type: "string" } } });
const tools: readonly ToolSpec[] = [
  { name: "bash", description: "Runs a command.", parameters: text("command") },
  { name: "submit", description: "Hands in the answer.", parameters: text("answer") },
];
const ls = { name: "bash", arguments: { command: "ls -l" } };

describe("a call is understood in the form that a model writes it in", () => {
  test.each<[string, string, string, unknown[]]>([
    [
      "Qwen2.5-Coder: the native call as fenced JSON",
      "fenced-json",
      '```json\n{"name": "bash", "arguments": {"command": "echo 7"}}\n```',
      [{ name: "bash", arguments: { command: "echo 7" } }],
    ],
    [
      "Qwen2.5-Coder: as bare JSON",
      "bare-json",
      '{"name": "submit", "arguments": {"answer": "6.0"}}',
      [{ name: "submit", arguments: { answer: "6.0" } }],
    ],
    [
      "Qwen2.5-Coder: as bare JSON behind an invented observation",
      "bare-json",
      'Observation: \n\n{"name": "submit", "arguments": {"answer": "6.0"}}',
      [{ name: "submit", arguments: { answer: "6.0" } }],
    ],
    [
      "Hermes, Qwen",
      "tool-call-tag",
      'I look first.\n<tool_call>\n{"name": "bash", "arguments": {"command": "ls -l"}}\n</tool_call>',
      [ls],
    ],
    [
      "Hermes, two at once and the last one open",
      "tool-call-tag",
      '<tool_call>{"name": "bash", "arguments": {"command": "ls -l"}}</tool_call>\n<tool_call>{"name": "submit", "arguments": {"answer": "3"}}',
      [ls, { name: "submit", arguments: { answer: "3" } }],
    ],
    [
      "Qwen3-Coder",
      "tool-call-tag",
      "<tool_call>\n<function=bash>\n<parameter=command>\ncat <<EOF\n<b>\nEOF\n</parameter>\n</function>\n</tool_call>",
      [{ name: "bash", arguments: { command: "cat <<EOF\n<b>\nEOF" } }],
    ],
    [
      "GLM",
      "tool-call-tag",
      "<tool_call>bash\n<arg_key>command</arg_key>\n<arg_value>ls -l</arg_value>\n</tool_call>",
      [ls],
    ],
    [
      "Llama, a function tag",
      "function-tag",
      '<function=bash>{"command": "ls -l"}</function>',
      [ls],
    ],
    [
      "Llama, the python tag with JSON",
      "python-tag",
      '<|python_tag|>{"name": "bash", "parameters": {"command": "ls -l"}}<|eom_id|>',
      [ls],
    ],
    [
      "Llama, the python tag with a call",
      "python-tag",
      '<|python_tag|>bash.call(command="ls -l")',
      [ls],
    ],
    [
      "Mistral, a list",
      "tool-calls-mark",
      '[TOOL_CALLS] [{"name": "bash", "arguments": {"command": "ls -l"}}, {"name": "submit", "arguments": {"answer": "3"}}]',
      [ls, { name: "submit", arguments: { answer: "3" } }],
    ],
    [
      "Mistral, name and arguments",
      "tool-calls-mark",
      '[TOOL_CALLS]bash[ARGS]{"command": "ls -l"}',
      [ls],
    ],
    [
      "DeepSeek V3 and R1",
      "tool-call-begin",
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>bash\n```json\n{"command": "ls -l"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      [ls],
    ],
    [
      "DeepSeek V3.1",
      "tool-call-begin",
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>bash<｜tool▁sep｜>{"command": "ls -l"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
      [ls],
    ],
    [
      "DeepSeek V3.2",
      "invoke-tag",
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="bash">\n<｜DSML｜parameter name="command" string="true">ls -l</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
      [ls],
    ],
    [
      "Kimi",
      "tool-call-begin",
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.bash:0<|tool_call_argument_begin|>{"command": "ls -l"}<|tool_call_end|><|tool_calls_section_end|>',
      [ls],
    ],
    [
      "gpt-oss",
      "channel",
      '<|channel|>commentary to=functions.bash <|constrain|>json<|message|>{"command": "ls -l"}<|call|>',
      [ls],
    ],
    [
      "MiniMax",
      "invoke-tag",
      '<minimax:tool_call>\n<invoke name="bash">\n<parameter name="command">ls -l</parameter>\n</invoke>\n</minimax:tool_call>',
      [ls],
    ],
    [
      "Qwen2.5-Coder: quotes that nothing escapes",
      "stray-quotes",
      `Action:\n{"name": "bash", "arguments": {"command": "python -c 'print(\\"a\\", row["b"])'"}}\n\nObservation: c`,
      [{ name: "bash", arguments: { command: `python -c 'print("a", row["b"])'` } }],
    ],
    ["a fenced script alone", "bash-fence", "Let me look.\n\n```bash\nls -l\n```\n", [ls]],
    ["an action without a name", "action", 'Action: {"command": "ls -l"}', [ls]],
    ["ReAct", "action", 'Thought: look\nAction: bash\nAction Input: {"command": "ls -l"}', [ls]],
    ["ReAct with plain text", "action", "Action: bash\nAction Input: ls -l\n", [ls]],
    [
      "the wire form of a call",
      "fenced-json",
      '```json\n{"type": "function", "function": {"name": "bash", "arguments": "{\\"command\\": \\"ls -l\\"}"}}\n```',
      [ls],
    ],
    [
      "a name with a prefix and a channel mark",
      "bare-json",
      '{"name": "functions.bash<|channel|>commentary", "arguments": {"command": "ls -l"}}',
      [ls],
    ],
  ])("%s", (_, form, reply, calls) => {
    expect(readWrittenCalls(reply, tools)).toMatchObject({ form, calls });
  });
});

describe("what is no call stays text", () => {
  test.each([
    ["prose", "The answer is 42."],
    ["data with a name", '{"name": "Ann", "arguments": {"age": 3}}'],
    ["two scripts", "```bash\nls\n```\nor\n```bash\nls -a\n```"],
    ["a script in another language", "```python\nprint(1)\n```"],
    ["an unknown tool", '<tool_call>{"name": "browse", "arguments": {}}</tool_call>'],
    ["a tag with nothing in it", "<tool_call></tool_call>"],
    ["stray quotes and no end", '{"name": "bash", "arguments": {"command": "echo "a", "b'],
    ["a string that never ends", '{"name": "bash", "arguments": {"command": "ls'],
  ])("%s", (_, reply) => {
    expect(readWrittenCalls(reply, tools)).toBeUndefined();
  });
});

describe("what was written without having seen an observation is not taken", () => {
  const call = '{"name": "bash", "arguments": {"command": "ls -l"}}';
  const submit = '{"name": "submit", "arguments": {"answer": "3"}}';

  test.each([
    ["Observation: total 0", "observation"],
    ["<tool_response>total 0</tool_response>", "observation"],
    ["**Output:** total 0", "observation"],
    ["Then I read it.", "nothing"],
  ])("behind a call: %s", (rest, dropped) => {
    expect(readWrittenCalls(`I look.\n${call}\n\n${rest}`, tools)).toMatchObject({
      said: `I look.\n${call}`,
      dropped,
    });
  });

  test("a second call is taken, but not behind an invented observation", () => {
    const both = readWrittenCalls(`${call}\n${submit}`, tools);
    expect(both?.calls).toMatchObject([ls, { name: "submit", arguments: { answer: "3" } }]);
    const invented = readWrittenCalls(`${call}\nObservation: 3\n${submit}`, tools);
    expect(invented).toMatchObject({ calls: [ls], said: call, dropped: "observation" });
  });

  test("nor where one call a reply is asked for", () => {
    const first = readWrittenCalls(`${call}\n${submit}`, tools, 1);
    expect(first).toMatchObject({ calls: [ls], said: call, dropped: "action" });
  });

  test("a list in a fence is taken whole", () => {
    const found = readWrittenCalls(`\`\`\`json\n[${call},\n ${submit}]\n\`\`\`\n`, tools);
    expect(found).toMatchObject({ form: "fenced-json", calls: [ls, { name: "submit" }] });
    expect(found?.said).toMatch(/`$/);
  });
});
