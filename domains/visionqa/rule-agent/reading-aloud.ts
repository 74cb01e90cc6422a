const heading = "I read on the page:";
const fence = "~~~~";

/** What an agent says of a page, so that who sees only its words can work with them. */
export function readAloud(page: string): string {
  // A page may hold anything, the fence too.
  const text = page.replace(/~{4,}/g, "~~~");
  return `${heading}\n\n${fence}text\n${text}\n${fence}`;
}

/** What somebody else's agent said of a page; empty where it said nothing. */
export function heardOf(said: string): string {
  const start = said.indexOf(`${heading}\n`);
  if (start < 0) return "";
  const [, page = ""] = /~{4}text\n([\s\S]*?)\n?~{4}/.exec(said.slice(start)) ?? [];
  return page;
}
