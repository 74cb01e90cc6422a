/**
 * Words of rules about the form of tool calls. They teach a protocol, which is the harness's and of no use
 * to an agent that is called in another way; what to compute with a tool is something else.
 */
const aboutForm: readonly RegExp[] = [
  /\bmalformed\b|\baction: |\bobservation:/,
  /\b(?:tool|function)[- ]calls?\b|\bcall(?:s|ing)? (?:a|the|one|each|every) (?:tool|function)s?\b/,
  /\bjson (?:action|call|argument|object of (?:an|the) (?:action|call))s?\b/,
  /\b(?:action|call)s? (?:as|in|of|with) (?:valid |plain )?json\b/,
  /\b(?:one|single|every|each|an|the) (?:action|call)s? (?:a|per|in|of) (?:a |each |every |the )?(?:reply|turn|message)\b/,
  /\b(?:write|wrote|written|writing|after) (?:an|the|one|your) (?:action|call)\b|\brejected (?:action|call|reply)\b/,
  /\b(?:same|identical) (?:action|call|command)\b|\brepeat(?:s|ed|ing)? (?:an|a|the|any) (?:action|call|command)\b/,
  /\bsend (?:it|them|the command|a command) again\b/,
  /\b(?:invent|make up|write|add)\w* (?:an |the |your own )?observations?\b/,
];

/** Whether a rule on one line is about how to call tools: its title and its condition speak of nothing else. */
export function isAboutForm(rule: string): boolean {
  const [about = rule] = /^.*? When .+?: /.exec(rule) ?? [];
  const text = about.toLowerCase();
  return aboutForm.some((pattern) => pattern.test(text));
}
