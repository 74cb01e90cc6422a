/** What keys, tokens and private keys look like; a match is taken out of all that analysts read. */
const secretPatterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\bsk-[\w-]{16,}/g,
  /\b(?:ghp|gho|ghu|ghs|ghr)_\w{20,}|\bgithub_pat_\w{20,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bxox[a-z]-[\w-]{10,}/g,
];

/** Takes secrets out of a text and counts them, before anything cuts it: half a key no longer looks like one. */
export function withoutSecrets(text: string): { readonly text: string; readonly found: number } {
  let found = 0;
  let clean = text;
  for (const pattern of secretPatterns) {
    clean = clean.replace(pattern, () => {
      found++;
      return "[redacted]";
    });
  }
  return { text: clean, found };
}
