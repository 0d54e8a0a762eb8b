/**
 * For signs that are read out in other words than they show. An attribute, because hidden words beside each sign are boxes
 * of their own, which a long list lays out and paints by the hundred.
 */
export function spokenAs(words: string): { readonly role: 'img'; readonly 'aria-label': string } {
  return { role: 'img', 'aria-label': words };
}
