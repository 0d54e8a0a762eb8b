import { matchKeybindingPress, parseKeybinding, type KeybindingPress } from 'tinykeys';

export const SEQUENCE_TIMEOUT = 1200;

/** What a person can press, as help shows it: `g i`, `Mod+z`, `?`. */
export interface KeyBinding<Command extends string = string> {
  readonly command: Command;
  readonly keys: string;
}

export type SequenceOutcome<Command extends string> =
  | { readonly type: 'command'; readonly command: Command }
  /** The key began or continued a sequence: nobody else may act on it. */
  | { readonly type: 'pending' }
  /** The key ended a sequence that means nothing: swallowed, so that `g` then `e` does not complete a task. */
  | { readonly type: 'swallowed' }
  | { readonly type: 'ignored' };

export interface KeySequence<Command extends string> {
  press(event: KeyboardEvent, now: number): SequenceOutcome<Command>;
  /** Forgets a begun sequence. */
  reset(): void;
}

interface Parsed<Command extends string> {
  readonly command: Command;
  readonly presses: readonly KeybindingPress[];
  /** Works without a modifier, so that people must be able to turn it off (WCAG 2.1.4). */
  readonly single: boolean;
}

export function isSingleKey(keys: string): boolean {
  return !/Mod|Control|Meta|Alt/.test(keys);
}

/**
 * For tinykeys: digits by position, since some layouts need Shift for them, and other characters by what they are,
 * however they are typed.
 */
function notationOf(keys: string): string {
  return keys
    .split(' ')
    .map((press) => {
      if (/^\d$/.test(press)) return `Digit${press}`;
      return /^[^\p{L}\d]$/u.test(press) ? `[Shift]+${press}` : press.replace('Mod', '$mod');
    })
    .join(' ');
}

export function createKeySequence<Command extends string>(
  bindings: readonly KeyBinding<Command>[],
  allowsSingleKeys: (event: KeyboardEvent) => boolean,
): KeySequence<Command> {
  const parsed: readonly Parsed<Command>[] = bindings.map(({ command, keys }) => ({
    command,
    presses: parseKeybinding(notationOf(keys)),
    single: isSingleKey(keys),
  }));
  let candidates: readonly Parsed<Command>[] = [];
  let depth = 0;
  let since = 0;

  const reset = (): void => {
    candidates = [];
    depth = 0;
  };

  return {
    reset,
    press(event, now) {
      if (event.isComposing || MODIFIERS.has(event.key)) return { type: 'ignored' };
      if (depth > 0 && now - since > SEQUENCE_TIMEOUT) reset();
      const pending = depth > 0;
      const singles = allowsSingleKeys(event);
      const from = pending ? candidates : parsed.filter((each) => singles || !each.single);
      const matching = from.filter((each) => matchesAt(each, depth, event));
      const complete = matching.find((each) => each.presses.length === depth + 1);
      if (complete) {
        reset();
        return { type: 'command', command: complete.command };
      }
      if (matching.length === 0) {
        reset();
        return pending && event.key !== 'Escape' ? { type: 'swallowed' } : { type: 'ignored' };
      }
      candidates = matching;
      depth += 1;
      since = now;
      return { type: 'pending' };
    },
  };
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

function matchesAt(binding: Parsed<string>, depth: number, event: KeyboardEvent): boolean {
  const press = binding.presses[depth];
  return press !== undefined && matchKeybindingPress(event, press);
}
