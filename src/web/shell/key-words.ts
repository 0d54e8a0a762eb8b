const KEY_WORDS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ' ': 'Space',
};

export function isApple(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** The presses of a binding, each as the keys to show: `$mod+z` is `[['Ctrl', 'Z']]` or `[['⌘', 'Z']]`. */
export function keyCaps(keys: string, apple: boolean): string[][] {
  return keys.split(' ').map((press) =>
    press
      .split(/(?<!^)\+/)
      .filter((part) => !part.startsWith('['))
      .map((part) => capOf(part, apple)),
  );
}

function capOf(part: string, apple: boolean): string {
  if (part === '$mod') return apple ? '⌘' : 'Ctrl';
  if (part === 'Shift') return apple ? '⇧' : 'Shift';
  if (part === 'Alt') return apple ? '⌥' : 'Alt';
  if (part.startsWith('Digit')) return part.slice(5);
  return KEY_WORDS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** For tooltips: `Ctrl+Z`, `G I`. */
export function keyText(keys: string, apple: boolean = isApple()): string {
  return keyCaps(keys, apple)
    .map((press) => press.join(apple ? '' : '+'))
    .join(' ');
}
