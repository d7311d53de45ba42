/** Light and dark follow the device unless a person chose one; kept in a cookie so that the first paint is right. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

export const themeCookie = (theme: Theme): string => `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`; // a year
