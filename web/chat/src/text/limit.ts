export const TEXT_LIMIT = 2_000;

/** Cuts a text at the limit without halving a character, and says how many characters fell off. */
export function limited(text: string, limit: number = TEXT_LIMIT): { text: string; dropped: number } {
  if (text.length <= limit) return { text, dropped: 0 };
  const last = text.charCodeAt(limit - 1);
  const cut = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { text: text.slice(0, cut), dropped: text.length - cut };
}
