import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../app.css'), 'utf8');
const THEMES = ['light', 'dark'] as const;

type Oklch = readonly [lightness: number, chroma: number, hue: number];

/** The two colours of a token that is written as `--name: light-dark(oklch(…), oklch(…))`. */
function token(name: string, theme: (typeof THEMES)[number]): Oklch {
  const written = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(css);
  const numbers = written?.[theme === 'light' ? 1 : 2]?.split(' ').map(Number) ?? [];
  if (numbers.length !== 3 || numbers.some(Number.isNaN)) throw new Error(`no token --${name}`);
  return numbers as unknown as Oklch;
}

/** WCAG 2 relative luminance; OKLab to linear sRGB by Björn Ottosson's matrices. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * (channels[0] ?? 0) + 0.7152 * (channels[1] ?? 0) + 0.0722 * (channels[2] ?? 0);
}

function contrast(one: Oklch, other: Oklch): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('[L5] black on white has the contrast that WCAG says', () => {
  expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1);
});

describe.each(THEMES)('%s colours', (theme) => {
  test.each([
    ['ink', 'paper', 7],
    ['ink', 'sheet', 7],
    ['ink', 'lapis-wash', 7],
    ['ink', 'pomegranate-wash', 7],
    ['ink-soft', 'paper', 4.5],
    ['ink-soft', 'sheet', 4.5],
    ['pomegranate', 'paper', 4.5],
    ['pomegranate', 'sheet', 4.5],
    ['on-pomegranate', 'pomegranate', 4.5],
    ['on-pomegranate', 'pomegranate-deep', 4.5],
    ['lapis', 'paper', 4.5],
    ['lapis', 'sheet', 4.5],
    ['lapis', 'lapis-wash', 4.5],
    ['pine', 'paper', 4.5],
    ['pine', 'sheet', 4.5],
    ['saffron-ink', 'paper', 4.5],
    ['saffron-ink', 'sheet', 4.5],
    ['line-strong', 'paper', 3],
    ['line-strong', 'sheet', 3],
  ])('[L5] %s on %s reaches %d : 1', (text, ground, least) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(least);
  });
});
