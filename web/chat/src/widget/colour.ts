/** Colours from one that a school chooses, with the contrast that WCAG 2.2 asks of text (1.4.3: 4.5:1) whatever it chose. */
export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK_PAPER: Rgb = [35, 38, 37];
const DARK_INK: Rgb = [236, 236, 236];
const INK: Rgb = [25, 25, 25];
const ENOUGH = 4.5;
const STEPS = 50;

/** `#rgb` or `#rrggbb`; null for anything else. */
export function parsed(colour: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour.trim());
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour.trim());
  const found = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1);
  if (found === undefined) return null;
  const [red = 0, green = 0, blue = 0] = found.map((digits) => Number.parseInt(digits, 16));
  return [red, green, blue];
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The style sheet's variables for an accent, on light or on dark ground. */
export function accents(accent: Rgb, dark: boolean): Record<string, string> {
  const towards = dark ? WHITE : BLACK;
  const pale = readable(mixed(accent, dark ? DARK_PAPER : WHITE, dark ? 0.45 : 0.72), dark ? DARK_INK : INK, dark ? BLACK : WHITE);
  const mist = readable(mixed(accent, dark ? DARK_PAPER : WHITE, 0.88), dark ? DARK_INK : INK, dark ? BLACK : WHITE);
  const green = readable(accent, dark ? DARK_PAPER : WHITE, towards);
  const on = contrast(green, WHITE) >= contrast(green, BLACK) ? WHITE : BLACK;
  return {
    '--green': hex(green),
    '--on-green': hex(on),
    '--green-pale': hex(pale),
    '--green-mist': hex(mist),
    '--green-deep': hex(readable(accent, mist, towards)),
  };
}

/** `colour`, moved towards `end` until text of it can be read on `ground`. */
function readable(colour: Rgb, ground: Rgb, end: Rgb): Rgb {
  for (let step = 0; step <= STEPS; step += 1) {
    const tried = mixed(colour, end, step / STEPS);
    if (contrast(tried, ground) >= ENOUGH) return tried;
  }
  return end;
}

function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2): number => Math.round(one[index] * (1 - share) + other[index] * share);
  return [at(0), at(1), at(2)];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
