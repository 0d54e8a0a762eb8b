import type { ReadQuery } from './read-query.ts';

/** The sentence in words, and how many tasks there are. */
export function QueryMeaning({ read, isEmpty }: { read: ReadQuery; isEmpty: boolean }) {
  const count = read.count === 1 ? '1 task' : `${read.count} tasks`;
  return (
    // Its line stays while half a word means nothing.
    <p className="min-h-5 text-body-sm text-fg-secondary">
      {isEmpty ? (
        <>
          Dates, #projects, @labels, p1 to p4 and more, put together with <code>&</code>, <code>|</code> and{' '}
          <code>!</code>.
        </>
      ) : read.filter ? (
        <>
          {read.words}. <output className="font-medium text-fg tabular-nums">{count}</output>
        </>
      ) : null}
    </p>
  );
}
