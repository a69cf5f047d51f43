/** Minutes a mailed code lives. */
export const codeMinutes = 10;

/** An address may ask for so many codes, and make so many wrong tries, in one window; a fresh code begins none. */
export const windowMinutes = 15;
export const codesPerWindow = 5;
export const wrongTriesPerWindow = 5;

/** What an address has used up of its window. */
export interface CodeWindow {
  windowFrom: string;
  asked: number;
  wrongTries: number;
}

/** End of the window, ISO 8601. */
export const windowEnd = ({ windowFrom }: Pick<CodeWindow, 'windowFrom'>): string =>
  new Date(Date.parse(windowFrom) + windowMinutes * 60_000).toISOString();

/** The window an address is in, unless that is over. */
export const openWindow = <T extends CodeWindow>(used: T | undefined, now: string): T | undefined =>
  used && now < windowEnd(used) ? used : undefined;

/** No further code helps before the window is over. */
export const isUsedUp = ({ asked, wrongTries }: CodeWindow): boolean =>
  asked >= codesPerWindow || wrongTries >= wrongTriesPerWindow;
