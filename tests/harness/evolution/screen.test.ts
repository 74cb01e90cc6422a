import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../../../harness/evolution/screen.ts";

const secrets = {
  "an API key": `sk-${"a1B2".repeat(6)}`,
  "a GitHub token": `ghp_${"A1b2".repeat(9)}`,
  "an AWS key id": `AKIA${"ABCD1234".repeat(2)}`,
  "a Slack token": `xoxb-${"1234567890-".repeat(2)}abc`,
  "a JSON web token": `eyJhbGciOiJI.${"eyJzdWIiOi"}.abc-123`,
  "a private key": `-----BEGIN RSA PRIVATE KEY-----\n${"MIIE\n".repeat(3)}-----END RSA PRIVATE KEY-----`,
  "a private key that is cut": `-----BEGIN PRIVATE KEY-----\n${"MIIE\n".repeat(3)}`,
};

describe("secrets", () => {
  test.each(Object.entries(secrets))("%s is taken out and counted", (_, secret) => {
    expect(withoutSecrets(`before ${secret}`)).toEqual({ text: "before [redacted]", found: 1 });
  });

  test.each(["task-1 risk-free asks", "a ski-lift", "BEGIN here", "ghp_short", "eyJ is a start"])(
    "ordinary words stay: %s",
    (text) => {
      expect(withoutSecrets(text)).toEqual({ text, found: 0 });
    },
  );
});
