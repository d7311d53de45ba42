export const isMacHere = (): boolean => /^(Mac|iP)/.test(navigator.platform);
