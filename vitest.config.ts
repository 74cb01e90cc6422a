import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    reporters: ["default", "./tests/support/closing-line.ts"],
    testTimeout: 20_000,
    // Many tests start commands and wait for them: every core has one to work at.
    maxWorkers: "100%",
  },
});
