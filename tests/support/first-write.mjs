// Preloaded into a process whose coverage is taken: it ends with the first byte on standard output.
import v8 from "node:v8";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (...args) => {
    v8.takeCoverage();
    v8.stopCoverage();
    process.stdout.write = write;
    return write(...args);
  };
}
