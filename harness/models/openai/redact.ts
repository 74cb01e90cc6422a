/** Shorter ones are stand-ins such as `EMPTY`, which a model may well say. */
const shortestSecret = 8;

/** The text with every secret replaced, as it stands and as it would stand in JSON. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    result = result.replaceAll(secret, "[secret]");
    const escaped = JSON.stringify(secret).slice(1, -1);
    if (escaped !== secret) result = result.replaceAll(escaped, "[secret]");
  }
  return result;
}
