import type { Highlighted } from '#core/search/highlight.ts';

/** Text in which what was looked for is marked. */
export function MarkedText({ part: { text, ranges } }: { part: Highlighted }) {
  let end = 0;
  return (
    <>
      {ranges.map(([from, to]) => {
        const before = text.slice(end, from);
        end = to;
        return [before, <mark key={from}>{text.slice(from, to)}</mark>];
      })}
      {text.slice(end)}
    </>
  );
}
