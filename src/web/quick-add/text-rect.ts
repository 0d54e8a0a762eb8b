/** The box of the character at an index of an element's text. */
export function rectAt(element: Element, index: number): DOMRect {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (index < before + length) {
      const range = document.createRange();
      range.setStart(node, index - before);
      range.setEnd(node, index - before + 1);
      return range.getBoundingClientRect();
    }
    before += length;
  }
  return element.getBoundingClientRect();
}
