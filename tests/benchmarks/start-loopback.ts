import { fork } from "node:child_process";

/** A loopback endpoint in another process. */
export interface Loopback {
  /** Ends in `/v1`. */
  readonly url: string;
  /** Most calls in flight so far, as the endpoint counted them. */
  peakInFlight(): Promise<number>;
  stop(): void;
}

/** Starts an endpoint whose agents make two tool calls and then submit. */
export async function startLoopback(latencyMs: number): Promise<Loopback> {
  const server = fork(new URL("./loopback.ts", import.meta.url), [String(latencyMs)], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve) =>
    server.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim())),
  );
  return {
    url,
    peakInFlight() {
      const peak = new Promise<number>((resolve) =>
        server.once("message", (said) => resolve(Number(said))),
      );
      server.send("peak");
      return peak;
    },
    stop: () => void server.kill(),
  };
}
