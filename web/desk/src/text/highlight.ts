export interface Piece {
  text: string;
  /** Whether these are the words to be seen. */
  hit: boolean;
}

/** `text` cut where one of `phrases` stands in it, letter for letter; phrases that overlap become one piece. */
export function piecesOf(text: string, phrases: readonly string[]): Piece[] {
  const spans = phrases.flatMap((phrase) => placesOf(text, phrase)).sort(([one], [other]) => one - other);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [start, end] of joined(spans)) {
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

type Span = [start: number, end: number];

function placesOf(text: string, phrase: string): Span[] {
  const spans: Span[] = [];
  if (phrase === '') return spans;
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + phrase.length)) spans.push([at, at + phrase.length]);
  return spans;
}

function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const [start, end] of spans) {
    const last = whole.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}
