import { type Answer, type Received, startEndpoint } from "../support/endpoint.ts";

/**
 * A loopback endpoint in a process of its own, so that its CPU is not the harness's.
 *
 * Prints its address and runs until it is ended. The first argument is the latency in milliseconds.
 */
const endpoint = await startEndpoint({ latencyMs: Number(process.argv[2] ?? 0), answer });
console.log(endpoint.url);
process.on("message", () => process.send?.(endpoint.peakInFlight()));

/** Two tool calls and a submission, told apart by the length of the conversation. */
function answer({ body }: Received): Answer {
  if (body.messages.length >= 6) {
    return { kind: "say", calls: [{ name: "submit", arguments: '{"answer":"7"}' }] };
  }
  const command = `head -n ${body.messages.length} table.csv`;
  return {
    kind: "say",
    text: "I look at the table first.",
    calls: [{ name: "bash", arguments: JSON.stringify({ command }) }],
  };
}
