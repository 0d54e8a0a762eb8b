export interface TimeZoneOption {
  readonly id: string;
  /** `Berlin, Europe`: the city is what people look for. */
  readonly name: string;
  /** Offset from UTC now, in minutes. */
  readonly offset: number;
  /** `Berlin, Europe (UTC+01:00)` */
  readonly label: string;
}

/** All zones that this browser knows, from west to east, with `current` among them even if it is an alias. */
export function timeZoneOptions(current: string, now: number): TimeZoneOption[] {
  const ids = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
  if (isTimeZone(current)) ids.add(current);
  return [...ids].map((id) => optionOf(id, now)).sort((a, b) => a.offset - b.offset || (a.name < b.name ? -1 : 1));
}

export function isTimeZone(id: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: id });
    return true;
  } catch {
    return false;
  }
}

function optionOf(id: string, now: number): TimeZoneOption {
  const offset = offsetOf(id, now);
  const [region = id, ...places] = id.replaceAll('_', ' ').split('/');
  const city = places.at(-1);
  const name = city === undefined ? region : `${city}, ${[region, ...places.slice(0, -1)].join(' ')}`;
  return { id, name, offset, label: `${name} (${offsetText(offset)})` };
}

/** Minutes east of UTC at an instant. */
export function offsetOf(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d{2}):(\d{2})/.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

export function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const text = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offset < 0 ? '−' : '+'}${text}`;
}
