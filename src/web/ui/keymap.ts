import { type KeyChord, matchesChord, parseKeys } from './key-chord.ts';

export interface KeyAction {
  readonly id: string;
  /** Alternatives, for example `['e']`, `['Mod+k']`, `['g i']`, `['j', 'ArrowDown']`. */
  readonly keys: readonly string[];
  /** Heading in the help overlay: `Global`, `Go to`, `Task`. */
  readonly context: string;
  readonly label: string;
  /** Also while typing and inside dialogs; for shortcuts with Mod only. */
  readonly inFields?: boolean;
  /** Also for the repeats of a key that is held down. */
  readonly repeats?: boolean;
  /** Returning false passes the key on to the next action that has it. */
  readonly run: (event: KeyboardEvent) => void | false;
}

export interface Keymap {
  /** Later registrations come first, so an open panel takes precedence over the page below. Returns the undo. */
  readonly register: (actions: readonly KeyAction[]) => () => void;
  readonly actions: () => readonly KeyAction[];
  /** The keys of a sequence typed so far, for the hint; empty if none is open. */
  readonly pending: () => string;
  readonly subscribe: (listener: () => void) => () => void;
  /** WCAG 2.1.4: shortcuts without a modifier can be turned off. */
  readonly setSingleKeys: (enabled: boolean) => void;
  readonly handle: (event: KeyboardEvent) => void;
}

interface Binding {
  readonly action: KeyAction;
  readonly keys: string;
  readonly chords: readonly KeyChord[];
}

export const SEQUENCE_TIMEOUT = 1200;

export interface KeymapEnvironment {
  readonly apple?: boolean;
  readonly setTimer?: (callback: () => void, milliseconds: number) => number;
  readonly clearTimer?: (handle: number) => void;
}

/** The one registry of shortcuts: what handles keys, the help overlay and the palette all read it. */
export function createKeymap(environment: KeymapEnvironment = {}): Keymap {
  const { apple = /Mac|iPhone|iPad/.test(navigator.platform) } = environment;
  let groups: readonly (readonly Binding[])[] = [];
  let actions: readonly KeyAction[] = [];
  let singleKeys = true;
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const setGroups = (next: readonly (readonly Binding[])[]) => {
    groups = next;
    actions = [...new Set(groups.flatMap((bindings) => bindings.map((binding) => binding.action)))];
    notify();
  };
  const sequence = createSequence(environment, notify);

  const candidates = (event: KeyboardEvent): Binding[] => {
    const position = sequence.length();
    const pool = position > 0 ? sequence.bindings() : groups.flat();
    return pool.filter((binding) => {
      const chord = binding.chords[position];
      return chord !== undefined && matchesChord(event, chord, apple) && isAllowed(event, binding, singleKeys);
    });
  };

  const handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isModifier(event.key)) return;
    let found = candidates(event);
    if (found.length === 0 && sequence.length() > 0) {
      // Not a continuation: the key counts afresh.
      sequence.reset();
      found = candidates(event);
    }
    const depth = sequence.length() + 1;
    const longer = found.filter((binding) => binding.chords.length > depth);
    if (longer.length > 0) {
      event.preventDefault();
      sequence.advance(longer, depth);
      return;
    }
    sequence.reset();
    runFirst(event, found);
  };

  return {
    register(added) {
      const group = added.flatMap((action) => action.keys.map((keys) => ({ action, keys, chords: parseKeys(keys) })));
      setGroups([group, ...groups]);
      return () => setGroups(groups.filter((other) => other !== group));
    },
    actions: () => actions,
    pending: sequence.text,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setSingleKeys(enabled) {
      singleKeys = enabled;
    },
    handle,
  };
}

function runFirst(event: KeyboardEvent, bindings: readonly Binding[]): void {
  for (const { action } of bindings) {
    if (event.repeat && !action.repeats) continue;
    if (action.run(event) === false) continue;
    event.preventDefault();
    return;
  }
}

function createSequence(environment: KeymapEnvironment, notify: () => void) {
  const setTimer = environment.setTimer ?? ((callback, milliseconds) => window.setTimeout(callback, milliseconds));
  const clearTimer = environment.clearTimer ?? ((handle) => window.clearTimeout(handle));
  let open: { readonly bindings: readonly Binding[]; readonly depth: number; readonly timer: number } | null = null;
  const reset = () => {
    if (!open) return;
    clearTimer(open.timer);
    open = null;
    notify();
  };
  return {
    reset,
    advance(bindings: readonly Binding[], depth: number) {
      if (open) clearTimer(open.timer);
      open = { bindings, depth, timer: setTimer(reset, SEQUENCE_TIMEOUT) };
      notify();
    },
    bindings: () => open?.bindings ?? [],
    length: () => open?.depth ?? 0,
    text: () => (open ? (open.bindings[0]?.keys.split(' ').slice(0, open.depth).join(' ') ?? '') : ''),
  };
}

const FIELD =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';
/** Layers that have the keyboard to themselves; the task panel (a region) does not. */
const LAYER = '[role="dialog"]:not([data-region]), [role="alertdialog"], [role="menu"], [role="listbox"]';

function isAllowed(event: KeyboardEvent, binding: Binding, singleKeys: boolean): boolean {
  if (binding.action.inFields) return true;
  const chord = binding.chords[0];
  const single = chord !== undefined && !chord.mod && !chord.alt && chord.key !== 'Escape';
  if (single && !singleKeys) return false;
  const target = event.target;
  if (!(target instanceof Element)) return true;
  if (target.closest(`${FIELD}, ${LAYER}`)) return false;
  const presses = event.key === 'Enter' || event.key === ' ';
  return !(presses && target.closest('button, a[href], summary, [role="checkbox"], [role="switch"]'));
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta';
}
