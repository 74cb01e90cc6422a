import { ModelFault, messageOf } from "../../../harness/errors.ts";
import type { OcrWorker } from "./page-reader.ts";

/** The packages that read pages. They are optional: nothing else needs them. */
const packages = "tesseract.js @tesseract.js-data/eng";

/**
 * Starts Tesseract in a thread of its own, which does not keep the process alive while it has nothing to do.
 *
 * @param load loads the packages.
 * @throws {ModelFault} when they are not installed.
 */
export async function startTesseract(load = loadPackages): Promise<OcrWorker> {
  const { tesseract, langPath } = await load().catch((error: unknown) => {
    throw new ModelFault({
      kind: "permanent",
      message: `the builtin model reads pages with the optional packages ${packages}, which cannot be loaded (${messageOf(error)})`,
      fix: `Run \`npm install ${packages}\`, or name a model of your own with --models.`,
      cause: error,
    });
  });
  const worker = await tesseract.createWorker("eng", undefined, {
    langPath,
    gzip: true,
    // The data are read where they are installed; nothing is fetched, and nothing written.
    cacheMethod: "none",
    // Without it a picture that cannot be read would end the process; the promise says it, too.
    errorHandler: () => undefined,
  });
  await worker.setParameters({
    // One block of lines, columns apart: captions, boxes and cells stay beside each other.
    tessedit_pageseg_mode: tesseract.PSM.SINGLE_BLOCK,
    preserve_interword_spaces: "1",
    user_defined_dpi: "200",
    debug_file: "/dev/null",
  });
  const thread = threadOf(worker);
  thread?.unref();
  return {
    async read(image) {
      thread?.ref();
      try {
        return (await worker.recognize(Buffer.from(image))).data.text;
      } finally {
        thread?.unref();
      }
    },
  };
}

/** The thread of a worker; the package's types do not tell of it. */
function threadOf(worker: object): { ref(): void; unref(): void } | undefined {
  const { worker: thread } = worker as { worker?: { ref?: unknown; unref?: unknown } };
  return typeof thread?.ref === "function" && typeof thread.unref === "function"
    ? (thread as { ref(): void; unref(): void })
    : undefined;
}

async function loadPackages() {
  const [tesseract, data] = await Promise.all([
    import("tesseract.js"),
    import("@tesseract.js-data/eng"),
  ]);
  return { tesseract: tesseract.default, langPath: data.default.langPath };
}
