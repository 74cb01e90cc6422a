import { digestOf } from "../../canonical.ts";
import type { Clock, JsonObject, Row, Runner } from "../../contracts/index.ts";
import { InputError, ModelFault, messageOf } from "../../errors.ts";
import { runUnit, type UnitOf, unitResult } from "../unit.ts";

/** Turns texts into vectors, such as an endpoint's embedding model. */
export interface Embedder {
  /** For people, and in errors. */
  readonly id: string;
  /** Everything that decides the vectors: part of every key. */
  readonly identity: JsonObject;
  /** One vector a text, in order. A `ModelFault` that is permanent stops the study. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}

/** Texts of one unit. */
const TEXTS = 64;

/** Vectors of texts, each chunk of them a unit of the runner. */
export async function embedAll(
  texts: readonly string[],
  embedder: Embedder,
  deps: { readonly runner: Runner; readonly clock: Clock },
): Promise<{ readonly vectors: readonly (readonly number[])[]; readonly rows: readonly Row[] }> {
  const chunks = Array.from({ length: Math.ceil(texts.length / TEXTS) }, (_, i) =>
    texts.slice(i * TEXTS, (i + 1) * TEXTS),
  );
  const found = await Promise.all(
    chunks.map((chunk) => runUnit(deps.runner, embedUnit(chunk, embedder, deps.clock))),
  );
  const vectors = found.flatMap(({ row, result }) => {
    if (row.grade?.kind === "ungraded")
      throw new InputError({
        where: `embeddings of ${embedder.id}`,
        problem: row.grade.because,
        fix: "See that the endpoint serves this embedding model, or leave embeddings out: retrieval then goes by BM25.",
      });
    return result.vectors;
  });
  return { vectors, rows: found.map(({ row }) => row) };
}

function embedUnit(
  texts: readonly string[],
  embedder: Embedder,
  clock: Clock,
): UnitOf<{ readonly vectors: readonly (readonly number[])[] }> {
  return {
    stage: "embed",
    version: 1,
    inputs: { texts: digestOf(texts), embedder: embedder.identity },
    about: { model: embedder.id, texts: texts.length },
    async run({ signal }) {
      const started = clock.ticksMs();
      // Endpoints count the tokens of embeddings in ways of their own, so they are unknown here.
      const spent = { calls: 1, inputTokens: 0, outputTokens: 0, unmetered: 1, retries: [] };
      const ended = (result: object, broken?: string) =>
        unitResult(result, { broken, spent, elapsedMs: clock.ticksMs() - started });
      try {
        const vectors = await embedder.embed(texts, signal);
        const problem = problemOf(vectors, texts.length);
        return problem === undefined ? ended({ vectors }) : ended({}, problem);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ModelFault && error.kind === "permanent") throw error;
        return ended({}, messageOf(error));
      }
    },
  };
}

function problemOf(vectors: readonly (readonly number[])[], texts: number): string | undefined {
  if (vectors.length !== texts) return `${vectors.length} vectors for ${texts} texts`;
  const size = vectors[0]?.length ?? 0;
  const isSound = vectors.every(
    (vector) => vector.length === size && size > 0 && vector.every(Number.isFinite),
  );
  return isSound ? undefined : "vectors that are empty, of several lengths or not finite";
}

/** Cosine of the angle between two vectors; 0 where one of them has no direction. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`vectors of ${a.length} and ${b.length} numbers`);
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  const size = Math.sqrt(dot(a, a) * dot(b, b));
  return size === 0 ? 0 : dot(a, b) / size;
}
