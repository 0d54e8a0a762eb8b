import { clsx } from 'clsx';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { InRow } from '#web/ui/row-control.ts';
import { RowContext } from './row-context.ts';

export interface GridRowProps {
  rowKey: string;
  kind: 'header' | 'row' | 'footer';
  index: number;
  level: number | undefined;
  expanded: boolean | undefined;
  selected: boolean | undefined;
  current: boolean;
  tabStop: boolean;
  entering: boolean;
  top: number;
  height: number;
  /** Headers only: height of the group in which the header sticks. */
  groupHeight: number;
  renderRow: (key: string) => ReactNode;
  focusRow: (key: string) => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { rowKey, kind, top, height } = props;
  const [fadesIn] = useState(props.entering);
  const row = (
    <div
      role="row"
      data-row-key={rowKey}
      data-row-kind={kind}
      aria-rowindex={props.index + 1}
      aria-level={props.level}
      aria-expanded={props.expanded}
      aria-selected={props.selected}
      aria-current={props.current ? 'true' : undefined}
      tabIndex={props.tabStop ? 0 : -1}
      style={kind === 'header' ? { height } : { top, height }}
      className={clsx('grid-row', kind === 'header' && 'grid-row-header', fadesIn && 'animate-fade-in')}
    >
      <RowContent rowKey={rowKey} renderRow={props.renderRow} focusRow={props.focusRow} />
    </div>
  );
  if (kind !== 'header') return row;
  // The track spans the group, so that the browser itself sticks the header and lets the next one push it out.
  return (
    <div role="none" className="grid-row-track" style={{ top, height: props.groupHeight }}>
      {row}
    </div>
  );
});

interface RowContentProps {
  rowKey: string;
  renderRow: (key: string) => ReactNode;
  focusRow: (key: string) => void;
}

/** Apart from GridRow, so that a row that only moves does not render its content again. */
const RowContent = memo(function RowContent({ rowKey, renderRow, focusRow }: RowContentProps) {
  const handle = useMemo(() => ({ key: rowKey, focusRow: () => focusRow(rowKey) }), [rowKey, focusRow]);
  return (
    <RowContext value={handle}>
      <InRow value={true}>
        <div role="gridcell" className="grid-row-cell">
          {renderRow(rowKey)}
        </div>
      </InRow>
    </RowContext>
  );
});
