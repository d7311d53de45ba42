/** In place of parts of the page that nobody opens in a play. */
export const fetchRouter = (): Promise<void> => Promise.resolve();
export const guessLanguage = undefined;
