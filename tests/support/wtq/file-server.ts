import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What a server does with one request instead of serving the file. */
export type Mischief =
  | { readonly kind: "cut"; readonly afterBytes: number }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "garbage" };

/** A loopback server of files that understands Range. */
export interface FileServer {
  readonly address: string;
  /** Every request: path and Range header. */
  readonly requests: readonly string[];
  /** Makes the next requests for a path go wrong, one after the other. */
  spoil(path: string, ...mischief: readonly Mischief[]): void;
  close(): Promise<void>;
}

/** @param files contents by path, such as `data/training.tsv`. */
export async function serveFiles(files: Readonly<Record<string, string>>): Promise<FileServer> {
  const requests: string[] = [];
  const spoilt = new Map<string, Mischief[]>();
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    const range = request.headers.range;
    requests.push(range === undefined ? path : `${path} ${range}`);
    const text = files[path];
    if (text === undefined) return void response.writeHead(404).end();
    const mischief = spoilt.get(path)?.shift();
    if (mischief?.kind === "status") return void response.writeHead(mischief.status).end();
    const whole = Buffer.from(mischief?.kind === "garbage" ? text.toUpperCase() : text);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    if (start > 0 && start >= whole.length)
      return void response.writeHead(416, { "content-range": `bytes */${whole.length}` }).end();
    const body = whole.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": body.length,
      ...(start > 0
        ? { "content-range": `bytes ${start}-${whole.length - 1}/${whole.length}` }
        : {}),
    });
    if (mischief?.kind !== "cut") return void response.end(body);
    response.write(body.subarray(0, mischief.afterBytes), () => {
      // The client runs in this process: it must have had turns of the event loop to keep the bytes.
      void turns(10).then(() => response.destroy());
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    spoil: (path, ...mischief) => {
      spoilt.set(path, [...mischief]);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Lets the event loop poll for input `count` times, however busy the machine is. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await sleep(3);
}
