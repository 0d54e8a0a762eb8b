/** Formats that people can choose for dates, times and numbers; the words of the app are English. */
const LOCALES = [
  'en-GB',
  'en-US',
  'en-CA',
  'en-AU',
  'en-IN',
  'cs-CZ',
  'da-DK',
  'de-DE',
  'de-AT',
  'de-CH',
  'es-ES',
  'es-MX',
  'fi-FI',
  'fr-FR',
  'fr-CA',
  'hu-HU',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sv-SE',
  'tr-TR',
  'uk-UA',
  'zh-CN',
  'zh-TW',
] as const;

export interface LocaleOption {
  readonly id: string;
  readonly label: string;
}

/** The choices by name, with `current` among them whatever it is. */
export function localeOptions(current: string): LocaleOption[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });
  const ids = new Set<string>([...LOCALES, current]);
  return [...ids].map((id) => ({ id, label: names.of(id) ?? id })).sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** On which day the week begins where the locale is spoken; ISO, 1 is Monday. */
export function weekStartOf(locale: string): number {
  interface WeekInfo {
    readonly firstDay: number;
  }
  const tag = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (tag.getWeekInfo?.() ?? tag.weekInfo)?.firstDay ?? 1;
}

/** Monday to Sunday with their ISO numbers, in the words of the locale. */
export function weekdayOptions(locale: string): { readonly value: number; readonly label: string }[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 2024-01-01 was a Monday.
  return [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.format(Date.UTC(2024, 0, value)) }));
}
