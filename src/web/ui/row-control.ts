import { createContext, use } from 'react';

/** True inside a RowGrid row, where controls leave the tab order: the grid is one stop and Tab from the row enters them. */
export const InRow = createContext(false);

export function useControlTabIndex(explicit: number | undefined): number | undefined {
  const inRow = use(InRow);
  return explicit ?? (inRow ? -1 : undefined);
}
