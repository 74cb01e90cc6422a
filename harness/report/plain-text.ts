/**
 * Text from configs and data as one harmless line: control characters (escape sequences among
 * them), line ends and invisible format characters (such as those that reverse the direction of
 * reading) are dropped, since a terminal or a reader would obey them.
 */
export function plainText(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
}
