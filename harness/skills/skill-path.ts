/**
 * What is wrong with a path inside a skill, or undefined where nothing is.
 *
 * A skill's paths are relative, use `/`, stay below the skill's directory, and are names that every
 * common file system can hold.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "the path is empty";
  if (path.length > 200) return "the path is longer than 200 characters";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "the path is absolute";
  if (path.includes("\\")) return "the path has a backslash; separate folders with /";
  if (!/^[\p{L}\p{N}\p{M} ._()+,@=-]+(\/[\p{L}\p{N}\p{M} ._()+,@=-]+)*$/u.test(path))
    return "the path has an empty part or a character that file names should not have";
  for (const part of path.split("/")) {
    if (part === "." || part === "..") return "the path climbs or stays where it is (. or ..)";
    if (/^\s|[\s.]$/.test(part)) return "a part of the path begins or ends with a space or a dot";
    if (part === ".git") return "the path is inside .git";
  }
  return undefined;
}

/** The path that `target` means when it stands in `file`; undefined where it climbs out of the skill. */
export function resolvePath(file: string, target: string): string | undefined {
  const parts = file.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.join("/");
}

/** Whether a skill's file is Markdown. */
export function isMarkdown(path: string): boolean {
  return /\.(md|markdown)$/i.test(path);
}
