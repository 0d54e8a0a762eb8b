/** One step of a shortcut: modifiers and a key, written `Mod+Shift+K`, `Shift+V`, `?`, `ArrowDown`, `1`. */
export interface KeyChord {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function parseChord(text: string): KeyChord {
  const parts = text === '+' ? ['+'] : text.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  for (const modifier of modifiers) {
    if (!['Mod', 'Alt', 'Shift'].includes(modifier)) throw new Error(`Unknown modifier ${modifier} in ${text}`);
  }
  return {
    mod: modifiers.includes('Mod'),
    alt: modifiers.includes('Alt'),
    shift: modifiers.includes('Shift'),
    key: key.length === 1 ? key.toLowerCase() : key === 'Space' ? ' ' : key,
  };
}

/** `g i` → two chords. */
export function parseKeys(keys: string): readonly KeyChord[] {
  return keys.split(' ').map(parseChord);
}

/**
 * Letters match what is printed on the key; on layouts without Latin letters, their position. Digits match by position,
 * since AZERTY needs Shift for them. For signs such as `?` Shift is part of typing them and does not count.
 */
export function matchesChord(press: KeyPress, chord: KeyChord, apple: boolean): boolean {
  const mod = apple ? press.metaKey : press.ctrlKey;
  const foreign = apple ? press.ctrlKey : press.metaKey;
  if (foreign || mod !== chord.mod || press.altKey !== chord.alt) return false;
  if (/^[0-9]$/.test(chord.key)) {
    return press.code === `Digit${chord.key}` && press.shiftKey === chord.shift;
  }
  if (/^[a-z]$/.test(chord.key)) {
    return pressedLetter(press) === chord.key && press.shiftKey === chord.shift;
  }
  const isSign = chord.key.length === 1 && chord.key !== ' ';
  return press.key === chord.key && (isSign || press.shiftKey === chord.shift);
}

function pressedLetter(press: KeyPress): string | null {
  const printed = press.key.toLowerCase();
  if (/^[a-z]$/.test(printed)) return printed;
  const latin = printed.length === 1 && printed.charCodeAt(0) < 0x250;
  // A Latin layout that prints a sign here (é, ß) has the letter elsewhere. With Alt, macOS types signs for letters.
  if (latin && !press.altKey) return null;
  return /^Key[A-Z]$/.test(press.code) ? press.code.slice(3).toLowerCase() : null;
}
