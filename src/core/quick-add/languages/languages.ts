import { english } from './english.ts';
import { german } from './german.ts';
import { type Language, prepareLanguage } from './language.ts';
import { neutral } from './neutral.ts';

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: prepareLanguage(english),
  de: prepareLanguage(german),
};
const NEUTRAL = prepareLanguage(neutral);

/** Every language that has words, those of the tag first. */
export function languagesFor(locale: string): readonly Language[] {
  const own = languageOf(locale);
  return [own, ...Object.values(LANGUAGES).filter((language) => language !== own)];
}

/** The words for a BCP 47 tag. */
export function languageOf(locale: string): Language {
  const [primary = ''] = locale.toLowerCase().split('-');
  return Object.hasOwn(LANGUAGES, primary) ? (LANGUAGES[primary] ?? NEUTRAL) : NEUTRAL;
}

export type DateOrder = 'day-first' | 'month-first';

const MONTH_FIRST_REGIONS = new Set(['us', 'pr', 'gu', 'vi', 'as', 'ph', 'fm', 'mh', 'pw', 'um']);
/** Languages that write the year first, and so the month before the day. English alone means that of the US. */
const MONTH_FIRST_LANGUAGES = new Set(['zh', 'ja', 'ko', 'hu', 'mn', 'lt', 'fil']);

/** Which number comes first in 5/12. */
export function dateOrderOf(locale: string): DateOrder {
  const [primary = '', ...rest] = locale.toLowerCase().split('-');
  const region = rest.find((part) => /^[a-z]{2}$/.test(part));
  if (MONTH_FIRST_LANGUAGES.has(primary)) return 'month-first';
  if (region) return MONTH_FIRST_REGIONS.has(region) ? 'month-first' : 'day-first';
  return primary === 'en' ? 'month-first' : 'day-first';
}
