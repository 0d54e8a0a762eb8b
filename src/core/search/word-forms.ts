/** Longer words are cut: nobody types them. */
export const WORD_MAX = 64;

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** What people type where their keyboard lacks the letter: `Muenchen` and `Munchen` both find `München`. */
const SPELT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const SPELT_LETTER = new RegExp(`[${Object.keys(SPELT).join('')}]`, 'g');

/** Accents, the points of Hebrew and Arabic, the voicing of kana. Vowel signs of Indic scripts are no accents. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u3099\u309a\ufe00-\ufe0f]+/g;
const NO_WORD = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu;
const ASCII = /^[\0-\x7f]*$/;

/** A word without case and accents. */
export function foldWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(NO_WORD, '');
}

/** A word with its umlauts spelt out, folded; the same as `foldWord` where there are none. */
export function foldSpelt(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  const composed = word.normalize('NFC').toLowerCase();
  return foldWord(composed.replace(SPELT_LETTER, (letter) => SPELT[letter] ?? letter));
}

/** A script without spaces: each character is a word. So is a picture. */
const SOLO =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{Extended_Pictographic}]';
const RUN = `(?:(?!${SOLO})[\\p{L}\\p{N}\\p{M}])+`;
const WORDS = new RegExp(`${SOLO}|${RUN}(?:[-'’‐‑]${RUN})*`, 'gu');
const ASCII_WORDS = /[a-z0-9]+(?:[-'][a-z0-9]+)*/gi;
const JOINT = /[-'’‐‑]/;
const JOINTS = /[-'’‐‑]/g;

/** Parts that are joined, as the one word that they also are. */
export function withoutJoints(chain: string): string {
  return chain.replace(JOINTS, '');
}

/** What tells of each word of a text: its form, and where in the text it is. */
export type EmitWord = (form: string, start: number, end: number) => void;

/**
 * Cuts a text into words, each in one or two forms: without accents, and with umlauts spelt out where it has any. Parts
 * joined by a hyphen or an apostrophe are words, and so is the whole: `e-mail` is found as `mail` and as `email`.
 */
export function scanWords(text: string, emit: EmitWord): void {
  const words = ASCII.test(text) ? ASCII_WORDS : WORDS;
  words.lastIndex = 0;
  for (let found = words.exec(text); found; found = words.exec(text)) {
    const [chain] = found;
    const { index } = found;
    if (!JOINT.test(chain)) {
      emitForms(chain, index, index + chain.length, emit);
      continue;
    }
    let at = index;
    for (const part of chain.split(JOINT)) {
      emitForms(part, at, at + part.length, emit);
      at += part.length + 1;
    }
    emitForms(withoutJoints(chain), index, index + chain.length, emit);
  }
}

function emitForms(word: string, start: number, end: number, emit: EmitWord): void {
  const plain = shortened(foldWord(word));
  if (plain === '') return;
  emit(plain, start, end);
  if (ASCII.test(word)) return;
  const spelt = shortened(foldSpelt(word));
  if (spelt !== plain) emit(spelt, start, end);
}

/** Never in the middle of a letter: half of one is no text that a database takes. */
function shortened(word: string): string {
  if (word.length <= WORD_MAX) return word;
  const cut = word.slice(0, WORD_MAX);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The parts of a text as words without accents, in order and with nothing between them but spaces. */
export function foldWords(text: string): string {
  const words: string[] = [];
  let last = -1;
  scanWords(text, (form, start) => {
    // Second forms and joined parts begin where a word before them did.
    if (start <= last) return;
    last = start;
    words.push(form);
  });
  return words.join(' ');
}
