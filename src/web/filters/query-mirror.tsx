import type { Fault } from '#core/filters/fault.ts';
import type { FilterToken } from '#core/filters/filter-reader.ts';

interface QueryMirrorProps {
  text: string;
  tokens: readonly FilterToken[];
  /** What is underlined. */
  faults: readonly Fault[];
  /** Those of them that make the query wrong; the others warn. */
  errors: readonly Fault[];
}

interface Piece {
  readonly start: number;
  readonly text: string;
  readonly kind: string | undefined;
  readonly fault: 'error' | 'warning' | undefined;
}

/** The same text behind the field, unseen: what shows are the colours and lines under its parts. */
export function QueryMirror(props: QueryMirrorProps) {
  return (
    <div aria-hidden="true" className="query-mirror">
      {piecesOf(props).map(({ start, text, kind, fault }) => (
        <span key={start} data-kind={kind} data-fault={fault}>
          {text}
        </span>
      ))}
    </div>
  );
}

/** The text cut where a token or a fault begins or ends. */
function piecesOf({ text, tokens, faults, errors }: QueryMirrorProps): Piece[] {
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...tokens, ...faults]) {
    if (start <= text.length) edges.add(start);
    if (end <= text.length) edges.add(end);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1] ?? text.length;
    const covers = (span: { readonly start: number; readonly end: number }): boolean =>
      span.start <= start && span.end >= end;
    // Errors come first.
    const fault = faults.find(covers);
    return {
      start,
      text: text.slice(start, end),
      kind: tokens.find(covers)?.kind,
      fault: fault && (errors.includes(fault) ? 'error' : 'warning'),
    };
  });
}
