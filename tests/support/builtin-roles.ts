import type { Message, RoleTurn, Size, ToolCall, ToolSpec } from "../../harness/contracts/index.ts";
import { allKnown, type Mind, type Role } from "../../harness/models/rule-based/mind.ts";
import { seededRng } from "../../harness/rng.ts";
import { subjects as loadSubjects } from "../../scripts/lib/domains.ts";

/** What the agent knows of the domains. */
export const subjects = await loadSubjects();

/** A mind of a size, or one that knows these habits. */
export function mindOf(size: Size, knows: Iterable<string> = allKnown(size, subjects)): Mind {
  return { size, subjects, knows: new Set(knows), rng: seededRng("test") };
}

/** The tools of an agent, as a model is told of them; without any it is asked directly. */
export const agentTools: readonly ToolSpec[] = ["bash", "submit"].map((name) => ({
  name,
  description: "",
  parameters: { type: "object" },
}));

/** What a role says to a system prompt and a user message. */
export function turnOf(
  role: Role,
  user: string,
  mind = mindOf("large"),
  system = "# Role: any",
): Promise<RoleTurn> {
  const messages: Message[] = [
    { role: "system", text: system },
    { role: "user", text: user },
  ];
  return Promise.resolve(role({ messages, tools: agentTools, seed: 41 }, mind));
}

/** A role in a loop: every call is answered by `answer` until it submits; at most 30 turns. */
export async function looped(
  role: Role,
  user: string,
  answer: (call: ToolCall) => string,
  mind: Mind,
  tools: readonly ToolSpec[] = agentTools,
): Promise<{ readonly calls: readonly ToolCall[]; readonly submitted: ToolCall["arguments"] }> {
  const messages: Message[] = [
    { role: "system", text: "# Role: any" },
    { role: "user", text: user },
  ];
  const calls: ToolCall[] = [];
  for (let i = 0; i < 30; i++) {
    const turn = await role({ messages, tools, seed: 41 }, mind);
    messages.push({ role: "assistant", text: turn.text, calls: turn.calls });
    for (const call of turn.calls) {
      calls.push(call);
      if (call.name === "submit") return { calls, submitted: call.arguments };
      messages.push({ role: "tool", callId: call.id, text: answer(call) });
    }
  }
  throw new Error("it never submitted");
}
