import { createContext, use } from 'react';

export interface RowHandle {
  readonly key: string;
  /** Returns focus from a control or editor inside the row to the row itself. */
  readonly focusRow: () => void;
}

export const RowContext = createContext<RowHandle | null>(null);

/** The row that the calling component is rendered in. */
export function useRow(): RowHandle {
  const row = use(RowContext);
  if (!row) throw new Error('useRow is for content rendered by a RowGrid');
  return row;
}
