type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [10, 26, 29];
/** The surfaces text in the accent colour stands on; kept in step with styles/tokens.css. */
const LIGHT_GROUND: Rgb = [220, 239, 238];
const DARK_GROUND: Rgb = [38, 57, 62];
const ENOUGH = 4.5;
const STEP = 0.06;

/** Colours made from the one a website asks for, all of them readable. */
export interface Palette {
  fill: string;
  onFill: string;
  accentLight: string;
  accentDark: string;
}

/** Returns the palette of a colour such as `#0b5d64`, or nothing when it is not one. */
export function paletteOf(colour: string): Palette | null {
  const rgb = parse(colour);
  if (!rgb) return null;
  const onFill = contrast(rgb, WHITE) >= ENOUGH ? WHITE : INK;
  return {
    fill: css(towards(rgb, onFill === WHITE ? INK : WHITE, onFill)),
    onFill: css(onFill),
    accentLight: css(towards(rgb, INK, LIGHT_GROUND)),
    accentDark: css(towards(rgb, WHITE, DARK_GROUND)),
  };
}

/** Moves a colour towards another until it can be read against a third. */
function towards(colour: Rgb, end: Rgb, against: Rgb): Rgb {
  let mixed = colour;
  for (let share = 0; share <= 1 && contrast(mixed, against) < ENOUGH; share += STEP) {
    mixed = colour.map((part, n) => Math.round(part + ((end[n] ?? 0) - part) * share)) as Rgb;
  }
  return mixed;
}

/** The contrast of WCAG 2.2. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(colour: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour.trim());
  const digits = short ? short.slice(1).map((digit) => digit + digit) : null;
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour.trim());
  const parts = digits ?? long?.slice(1);
  return parts ? (parts.map((part) => parseInt(part, 16)) as Rgb) : null;
}

function css(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}
