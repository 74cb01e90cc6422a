import type { Image, Message, ModelRequest, Observed } from "../../contracts/index.ts";

export type { Observed } from "../../contracts/index.ts";

/** The text of the system messages. */
export function systemText(request: ModelRequest): string {
  return texts(request, "system").join("\n\n");
}

/** The first user message. */
export function taskText(request: ModelRequest): string {
  return texts(request, "user")[0] ?? "";
}

/** The pictures of the first user message. */
export function imagesOf(request: ModelRequest): readonly Image[] {
  const first = request.messages.find(({ role }) => role === "user");
  return first?.role === "user" ? (first.images ?? []) : [];
}

function texts(request: ModelRequest, role: "system" | "user"): string[] {
  return request.messages
    .filter((message: Message) => message.role === role)
    .map((message) => message.text);
}

/** Every `bash` command of the conversation that has been answered, in order. */
export function observations(request: ModelRequest): Observed[] {
  const commands = new Map<string, string>();
  const observed: Observed[] = [];
  for (const message of request.messages) {
    if (message.role === "assistant") {
      for (const call of message.calls) {
        const { command } = call.arguments;
        if (typeof command === "string") commands.set(call.id, command);
      }
    } else if (message.role === "tool") {
      const command = commands.get(message.callId);
      if (command !== undefined) observed.push({ command, text: message.text });
    }
  }
  return observed;
}
