import type { QuickAddSettings } from '#core/users/settings.ts';
import { PREFIXES, type QuickAddOptions, type TokenKind } from './quick-add.ts';

/** How a line is read for somebody with these settings, whatever else stays text. */
export function optionsFor(settings: QuickAddSettings, off: readonly TokenKind[] = []): QuickAddOptions {
  const { words, dates, suggestions, signs } = settings;
  return {
    // Who wants no suggestions does not want dates as such.
    dates: dates === 'suggest' && !suggestions ? 'off' : dates,
    suggestions,
    prefixes: PREFIXES[signs],
    off: [...settings.off, ...off],
    ...(words !== 'auto' && { words }),
  };
}
