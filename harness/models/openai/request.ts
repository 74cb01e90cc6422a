import type {
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from "openai/resources/chat/completions";
import type { ResponseFormatJSONSchema } from "openai/resources/shared";
import type { Image, Message, ModelRequest, ReplyShape, ToolSpec } from "../../contracts/index.ts";
import type { OpenAiConfig } from "./config.ts";

/**
 * Writes a request as the body of a chat completion.
 *
 * Sampling is what the configuration says and nothing else; only the seed is the episode's.
 */
export function bodyOf(
  request: ModelRequest,
  config: OpenAiConfig,
): ChatCompletionCreateParamsNonStreaming {
  return {
    ...config.extraBody,
    ...config.params,
    model: config.name,
    messages: wireMessages(request.messages),
    ...(request.tools.length > 0 ? { tools: request.tools.map(wireTool) } : {}),
    ...((config.sendSeed ?? true) ? { seed: request.seed } : {}),
    ...(request.shape === undefined ? {} : { response_format: responseFormat(request.shape) }),
  };
}

function responseFormat({ name, schema }: ReplyShape): ResponseFormatJSONSchema {
  return { type: "json_schema", json_schema: { name, schema: { ...schema }, strict: true } };
}

/** Messages do not change, and an episode sends them again with every call. */
const written = new WeakMap<Message, ChatCompletionMessageParam>();

function wireMessages(messages: readonly Message[]): ChatCompletionMessageParam[] {
  const result: ChatCompletionMessageParam[] = [];
  // A tool message holds text only; its pictures follow when all calls of a reply are answered.
  let seen: Image[] = [];
  for (const message of messages) {
    if (message.role !== "tool" && seen.length > 0) {
      result.push(picturesMessage(seen));
      seen = [];
    }
    const wire = written.get(message) ?? wireMessage(message);
    written.set(message, wire);
    result.push(wire);
    if (message.role === "tool" && message.images) seen.push(...message.images);
  }
  if (seen.length > 0) result.push(picturesMessage(seen));
  return result;
}

function wireMessage(message: Message): ChatCompletionMessageParam {
  switch (message.role) {
    case "system":
      return { role: "system", content: wellFormed(message.text) };
    case "user": {
      const text = wellFormed(message.text);
      if (!message.images?.length) return { role: "user", content: text };
      return { role: "user", content: [{ type: "text", text }, ...message.images.map(picture)] };
    }
    case "tool":
      return { role: "tool", tool_call_id: message.callId, content: wellFormed(message.text) };
    case "assistant": {
      const text = wellFormed(message.text);
      // Several servers refuse an assistant message with neither text nor calls.
      if (message.calls.length === 0)
        return { role: "assistant", content: text === "" ? "(nothing)" : text };
      return {
        role: "assistant",
        content: text === "" ? null : text,
        tool_calls: message.calls.map((call) => ({
          id: call.id,
          type: "function",
          function: {
            name: acceptableName(call.name),
            arguments: wellFormed(JSON.stringify(call.arguments)),
          },
        })),
      };
    }
  }
}

function picturesMessage(images: readonly Image[]): ChatCompletionMessageParam {
  return { role: "user", content: images.map(picture) };
}

function picture(image: Image): ChatCompletionContentPart {
  return {
    type: "image_url",
    image_url: { url: `data:${image.mediaType};base64,${image.base64}` },
  };
}

function wireTool(tool: ToolSpec): ChatCompletionTool {
  return {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: { ...tool.parameters },
    },
  };
}

/** Half a surrogate pair is no Unicode, and a server that refuses it would end the study. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** A model may invent a name that the endpoint then refuses to read back. */
function acceptableName(name: string): string {
  const plain = name.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 64);
  return plain === "" ? "unnamed" : plain;
}
