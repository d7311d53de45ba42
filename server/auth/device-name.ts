/** In order: who says Edge says Chrome and Safari too. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPiOS|Opera)\//],
  ['Yandex', /\bYaBrowser\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
] as const;
const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const;
/** Browsers say what they are in fewer characters; what comes behind is not looked at. */
const LONGEST = 400;

/** A rough name such as `Firefox, Android`, by which somebody knows the own devices apart. Nothing of the header itself is kept. */
export function deviceName(userAgent: string | null | undefined): string | null {
  const said = (userAgent ?? '').slice(0, LONGEST);
  const found = [BROWSERS, SYSTEMS].flatMap((names) => names.find(([, is]) => is.test(said))?.[0] ?? []);
  return found.length > 0 ? found.join(', ') : null;
}
