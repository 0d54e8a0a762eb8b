import { expect, test } from 'vitest';
import { DeviceNotes, deviceNotes } from './device-notes.ts';

test('what is written can be read, listed and removed', () => {
  deviceNotes.write('tend.test', '{"a":1}');
  expect(deviceNotes.read('tend.test')).toBe('{"a":1}');
  expect(deviceNotes.readJson('tend.test')).toEqual({ a: 1 });
  expect(deviceNotes.names()).toContain('tend.test');
  deviceNotes.write('tend.test', null);
  expect(deviceNotes.read('tend.test')).toBeNull();
  expect(deviceNotes.names()).not.toContain('tend.test');
});

test('what is no JSON counts as nothing', () => {
  deviceNotes.write('tend.test', '{');
  expect(deviceNotes.readJson('tend.test')).toBeNull();
  deviceNotes.write('tend.test', null);
});

test('a storage that is blocked, full or missing remembers nothing and breaks nothing', () => {
  const refuse = (): never => {
    throw new DOMException('No.', 'SecurityError');
  };
  const blocked = new DeviceNotes(refuse);
  const full = new DeviceNotes(() => ({ getItem: () => null, setItem: refuse, removeItem: refuse }));
  for (const notes of [blocked, full, new DeviceNotes(() => null)]) {
    notes.write('tend.test', 'x');
    notes.write('tend.test', null);
    expect([notes.read('tend.test'), notes.readJson('tend.test')]).toEqual([null, null]);
  }
  expect(blocked.names()).toEqual([]);
});
