import { sha256 } from "../../canonical.ts";
import type {
  JsonObject,
  Model,
  ModelRequest,
  Reply,
  RoleTurn,
  Size,
  Usage,
} from "../../contracts/index.ts";
import { InputError } from "../../errors.ts";
import { seededRng } from "../../rng.ts";
import { agentRole } from "./agent-role.ts";
import { systemText, taskText } from "./conversation.ts";
import { allKnown, type Mind, type Role, type Subjects } from "./mind.ts";
import { errorAnalyst } from "./roles/error-analyst.ts";
import { oneCallRoles, repair, roleNamed } from "./roles/repair.ts";
import { identityOf, label, sizes } from "./sizes.ts";

/** Characters that count as one token in the estimate of usage. */
const charsPerToken = 4;

/**
 * The default without an endpoint: a deterministic, rule-based agent, not a language model.
 *
 * The system prompt's first line, `# Role: X`, says which part it plays. The same messages and seed
 * give the same reply.
 *
 * @param config `name` is a size; `params.temperature` (default 1) scales how often it forgets a habit; 0 is never.
 * @param loadSubjects what it knows of each domain; called at its first reply.
 * @throws {InputError} when there is no such size.
 */
export function ruleBasedModel(
  config: { id: string; name: string; params?: JsonObject },
  loadSubjects: () => Promise<Subjects>,
): Model {
  const size = Object.keys(sizes).find((name): name is Size => name === config.name);
  if (size === undefined) {
    throw new InputError({
      where: `model ${config.id}`,
      field: "name",
      problem: `the builtin model has no size ${JSON.stringify(config.name)}`,
      fix: `Choose ${Object.keys(sizes).join(" or ")}.`,
    });
  }
  const params = config.params ?? {};
  const given = params["temperature"];
  const temperature = typeof given === "number" && given >= 0 ? given : 1;
  const roles = {
    ...oneCallRoles,
    agent: agentRole(temperature),
    "error-analyst": errorAnalyst,
    repair,
  };
  let subjects: Promise<Subjects> | undefined;
  return {
    id: config.id,
    identity: identityOf(size, params),
    protocol: "native",
    label,
    async complete(request, context) {
      context.signal.throwIfAborted();
      subjects ??= loadSubjects();
      const turn = await answer(request, size, await subjects, roles);
      context.signal.throwIfAborted();
      return replyOf(request, turn);
    },
  };
}

async function answer(
  request: ModelRequest,
  size: Size,
  subjects: Subjects,
  roles: Readonly<Record<string, Role>>,
): Promise<RoleTurn> {
  const system = systemText(request);
  const role = roleNamed(system, roles);
  if (!role)
    return { text: `I do not know the part ${JSON.stringify(system.split("\n")[0])}.`, calls: [] };
  const opening = sha256(`${system}\n${taskText(request)}`);
  const mind: Mind = {
    size,
    subjects,
    knows: allKnown(size, subjects),
    rng: seededRng(`${request.seed}/${size}/${opening}`),
  };
  return role(request, mind);
}

function replyOf(request: ModelRequest, turn: RoleTurn): Reply {
  return {
    kind: "said",
    text: turn.text,
    calls: turn.calls,
    finish:
      turn.calls.length > 0
        ? { reason: "tool-calls", raw: "tool_calls" }
        : { reason: "stop", raw: "stop" },
    usage: usageOf(request, turn),
    retries: [],
  };
}

/** Tokens estimated as a quarter of the characters of all messages, tools and calls. */
function usageOf(request: ModelRequest, turn: RoleTurn): Usage {
  let input = 0;
  for (const message of request.messages) {
    input += message.text.length;
    if (message.role === "assistant" && message.calls.length > 0)
      input += JSON.stringify(message.calls).length;
  }
  for (const tool of request.tools)
    input += tool.name.length + tool.description.length + JSON.stringify(tool.parameters).length;
  const output = turn.text.length + (turn.calls.length > 0 ? JSON.stringify(turn.calls).length : 0);
  return {
    inputTokens: Math.ceil(input / charsPerToken),
    outputTokens: Math.ceil(output / charsPerToken),
  };
}
