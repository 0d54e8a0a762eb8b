const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const appleNames: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
const otherNames: Readonly<Record<string, string>> = { Mod: 'Ctrl' };
const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Enter: '↵',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** One list of labels per step of a sequence: `g i` → [[G], [I]], `Mod+K` → [[Ctrl, K]]. */
export function keyLabels(keys: string, apple = isApple): string[][] {
  const names = apple ? appleNames : otherNames;
  return keys.split(' ').map((step) => {
    const parts = step === '+' ? ['+'] : step.split('+');
    return parts.map((part) => names[part] ?? keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  });
}
