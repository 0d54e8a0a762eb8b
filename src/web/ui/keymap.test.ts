import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKeymap, type KeyAction, type Keymap } from './keymap.ts';

let keymap: Keymap;
const listen = (event: KeyboardEvent) => keymap.handle(event);

beforeEach(() => {
  vi.useFakeTimers();
  keymap = createKeymap({ apple: false });
  document.addEventListener('keydown', listen);
});
afterEach(() => {
  document.removeEventListener('keydown', listen);
  document.body.replaceChildren();
  vi.useRealTimers();
});

function action(keys: string, more: Partial<KeyAction> = {}) {
  const run = vi.fn<KeyAction['run']>();
  keymap.register([{ id: keys, keys: [keys], context: 'Global', label: keys, run, ...more }]);
  return run;
}

/** Presses a key on `target`; true when the page took it. */
function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): boolean {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '';
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

function place<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  document.body.append(element);
  return element;
}

test('a single key runs its action and is taken', () => {
  const run = action('q');
  expect(press('q')).toBe(true);
  expect(run).toHaveBeenCalledTimes(1);
});

test('single keys do not fire with Ctrl, Alt or Meta', () => {
  const run = action('q');
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey']) expect(press('q', { [modifier]: true })).toBe(false);
  expect(run).not.toHaveBeenCalled();
});

test('single keys do not fire while typing', () => {
  const run = action('q');
  press('q', {}, place('input'));
  press('q', {}, place('textarea'));
  press('q', {}, place('div', { contenteditable: 'true' }));
  expect(run).not.toHaveBeenCalled();
  press('q', {}, place('input', { type: 'checkbox' }));
  expect(run).toHaveBeenCalledTimes(1);
});

test('nothing fires during IME composition or after someone else took the key', () => {
  const run = action('q');
  press('q', { isComposing: true });
  const target = place('div');
  target.addEventListener('keydown', (event) => event.preventDefault());
  press('q', {}, target);
  expect(run).not.toHaveBeenCalled();
});

test('dialogs and menus have the keyboard to themselves, the detail sheet has not', () => {
  const run = action('q');
  press('q', {}, place('div', { role: 'dialog' }));
  press('q', {}, place('div', { role: 'menu' }));
  expect(run).not.toHaveBeenCalled();
  press('q', {}, place('div', { role: 'dialog', 'data-region': 'detail' }));
  expect(run).toHaveBeenCalledTimes(1);
});

test('a shortcut with Mod fires in fields only if it says so', () => {
  const undo = action('Mod+z');
  const palette = action('Mod+k', { inFields: true });
  const field = place('input');
  press('z', { ctrlKey: true }, field);
  press('k', { ctrlKey: true }, field);
  expect(undo).not.toHaveBeenCalled();
  expect(palette).toHaveBeenCalledTimes(1);
  press('z', { ctrlKey: true });
  expect(undo).toHaveBeenCalledTimes(1);
});

test('Mod is Command on Apple keyboards', () => {
  keymap = createKeymap({ apple: true });
  const run = action('Mod+k');
  press('k', { ctrlKey: true });
  expect(run).not.toHaveBeenCalled();
  press('k', { metaKey: true });
  expect(run).toHaveBeenCalledTimes(1);
});

test('Shift tells t from Shift+T, and signs need no Shift to be named', () => {
  const date = action('t');
  const clear = action('Shift+t');
  const help = action('?');
  press('T', { shiftKey: true });
  expect([date.mock.calls.length, clear.mock.calls.length]).toEqual([0, 1]);
  press('?', { shiftKey: true });
  expect(help).toHaveBeenCalledTimes(1);
});

test('digits go by position, as AZERTY prints signs there', () => {
  const run = action('1');
  press('&', { code: 'Digit1' });
  expect(run).toHaveBeenCalledTimes(1);
});

test('letters go by what is printed, and by position on other scripts', () => {
  const run = action('q');
  press('a', { code: 'KeyQ' });
  expect(run).not.toHaveBeenCalled();
  press('й', { code: 'KeyQ' });
  expect(run).toHaveBeenCalledTimes(1);
});

test('a sequence runs when its keys follow within 1200 ms', () => {
  const inbox = action('g i');
  expect(press('g')).toBe(true);
  expect(keymap.pending()).toBe('g');
  vi.advanceTimersByTime(1199);
  press('i');
  expect(inbox).toHaveBeenCalledTimes(1);
  expect(keymap.pending()).toBe('');
});

test('a sequence is over after 1200 ms', () => {
  const inbox = action('g i');
  press('g');
  vi.advanceTimersByTime(1200);
  expect(keymap.pending()).toBe('');
  press('i');
  expect(inbox).not.toHaveBeenCalled();
});

test('a key that does not continue the sequence counts afresh', () => {
  action('g i');
  const add = action('q');
  press('g');
  press('q');
  expect(add).toHaveBeenCalledTimes(1);
  expect(keymap.pending()).toBe('');
});

test('a letter inside a sequence does not run its single-key action', () => {
  const inbox = action('g i');
  const assign = action('i');
  press('g');
  press('i');
  expect(inbox).toHaveBeenCalledTimes(1);
  expect(assign).not.toHaveBeenCalled();
});

test('the latest registration comes first and may pass the key on', () => {
  const page = action('e');
  const panel = action('e');
  press('e');
  expect([page.mock.calls.length, panel.mock.calls.length]).toEqual([0, 1]);
  panel.mockReturnValue(false);
  press('e');
  expect(page).toHaveBeenCalledTimes(1);
});

test('unregistered actions are gone', () => {
  const run = vi.fn();
  const undo = keymap.register([{ id: 'q', keys: ['q'], context: 'Global', label: 'Add', run }]);
  expect(keymap.actions()).toHaveLength(1);
  undo();
  expect(keymap.actions()).toHaveLength(0);
  press('q');
  expect(run).not.toHaveBeenCalled();
});

test('a held key repeats only actions that allow it', () => {
  const complete = action('e');
  const next = action('j', { repeats: true });
  press('e', { repeat: true });
  press('j', { repeat: true });
  expect(complete).not.toHaveBeenCalled();
  expect(next).toHaveBeenCalledTimes(1);
});

test('single keys can be turned off; Mod and Escape still work', () => {
  const add = action('q');
  const inbox = action('g i');
  const undo = action('Mod+z');
  const escape = action('Escape');
  keymap.setSingleKeys(false);
  press('q');
  press('g');
  press('i');
  press('z', { ctrlKey: true });
  press('Escape');
  expect([add, inbox, undo, escape].map((run) => run.mock.calls.length)).toEqual([0, 0, 1, 1]);
});

test('Enter and Space on a button press the button', () => {
  const open = action('Enter');
  const peek = action('Space');
  const button = place('button');
  expect(press('Enter', {}, button)).toBe(false);
  expect(press(' ', {}, button)).toBe(false);
  press('Enter');
  press(' ');
  expect([open.mock.calls.length, peek.mock.calls.length]).toEqual([1, 1]);
});

test('an unknown modifier is a mistake that shows at once', () => {
  expect(() => action('Cmd+k')).toThrow('Unknown modifier Cmd');
});
