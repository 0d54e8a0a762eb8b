/** For comparing what people type: without case and accents, so that `uber` finds `Über`. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
