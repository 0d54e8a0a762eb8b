import { expect, test } from 'vitest';
import { localeOptions, weekdayOptions, weekStartOf } from './locales.ts';
import { isTimeZone, offsetOf, offsetText, timeZoneOptions } from './time-zones.ts';

const WINTER = Date.parse('2026-11-18T12:00:00.000Z');
const SUMMER = Date.parse('2026-07-18T12:00:00.000Z');

test('a zone is named by its city and shows its offset of the moment', () => {
  const berlin = (now: number) => timeZoneOptions('UTC', now).find((zone) => zone.id === 'Europe/Berlin')?.label;
  expect(berlin(WINTER)).toBe('Berlin, Europe (UTC+01:00)');
  expect(berlin(SUMMER)).toBe('Berlin, Europe (UTC+02:00)');
  expect(offsetOf('America/St_Johns', WINTER)).toBe(-210);
  expect(offsetText(-210)).toBe('UTC−03:30');
});

test('the zone of the account is offered even when the browser lists it by another name', () => {
  const zones = timeZoneOptions('Asia/Calcutta', WINTER).map((zone) => zone.id);
  expect(zones).toContain('Asia/Calcutta');
  expect(zones).toContain('UTC');
  expect(isTimeZone('Mars/Olympus')).toBe(false);
});

test('zones go from west to east', () => {
  const offsets = timeZoneOptions('UTC', WINTER).map((zone) => zone.offset);
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
});

test('the locale of the account is offered even when it is rare', () => {
  const options = localeOptions('is-IS');
  expect(options.find((option) => option.id === 'is-IS')?.label).toMatch(/Icelandic/);
  expect(new Set(options.map((option) => option.id)).size).toBe(options.length);
});

test('weekdays are in the words of the locale', () => {
  expect(weekdayOptions('de-DE').map((day) => day.label)[0]).toBe('Montag');
  expect(weekStartOf('en-US')).toBe(7);
  expect(weekStartOf('de-DE')).toBe(1);
});
