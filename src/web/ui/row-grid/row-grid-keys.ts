import type { RowModel } from './row-model.ts';

export type RowAction = 'open' | 'peek' | 'rename' | 'menu';

export type GridIntent =
  | { readonly type: 'focus'; readonly index: number }
  | { readonly type: 'toggle'; readonly index: number; readonly expanded: boolean }
  | { readonly type: 'action'; readonly index: number; readonly action: RowAction };

export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface GridKeyContext {
  readonly model: RowModel;
  readonly index: number;
  /** Height of the visible part, for PageUp and PageDown. */
  readonly pageHeight: number;
  readonly rtl: boolean;
}

/** What a key means on a focused row (APG treegrid, rows-first, plus J/K and N); null leaves it to others. */
export function gridIntent(event: GridKey, context: GridKeyContext): GridIntent | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return withModifier(event, context);
  if (event.shiftKey) return withShift(event, context);
  return moveIntent(event.key, context) ?? horizontalIntent(event.key, context) ?? actionIntent(event.key, context);
}

function withModifier(event: GridKey, { model, index }: GridKeyContext): GridIntent | null {
  if (event.shiftKey) return null;
  if (event.key === 'Home') return focusAt(model, 0);
  if (event.key === 'End') return focusAt(model, model.rows.length - 1);
  if (event.key.toLowerCase() === 'e') return actionIntent('F2', { model, index });
  return null;
}

function withShift(event: GridKey, { model, index }: GridKeyContext): GridIntent | null {
  if (event.key === 'N') return focusAt(model, model.headerFrom(index, -1));
  if (event.key === 'F10') return actionIntent('ContextMenu', { model, index });
  return null;
}

function moveIntent(key: string, { model, index, pageHeight }: GridKeyContext): GridIntent | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return focusAt(model, index + 1);
    case 'ArrowUp':
    case 'k':
      return focusAt(model, index - 1);
    case 'Home':
      return focusAt(model, 0);
    case 'End':
      return focusAt(model, model.rows.length - 1);
    case 'PageDown':
      return focusAt(model, pageTarget(model, index, pageHeight));
    case 'PageUp':
      return focusAt(model, pageTarget(model, index, -pageHeight));
    case 'n':
      return focusAt(model, model.headerFrom(index, 1));
    default:
      return null;
  }
}

function horizontalIntent(key: string, { model, index, rtl }: GridKeyContext): GridIntent | null {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const row = model.rows[index];
  if (!row) return null;
  const inward = (key === 'ArrowRight') !== rtl;
  if (inward) {
    if (row.expanded === false) return { type: 'toggle', index, expanded: true };
    const child = model.rows[index + 1];
    return row.expanded === true && child && child.level > row.level ? focusAt(model, index + 1) : null;
  }
  if (row.expanded === true) return { type: 'toggle', index, expanded: false };
  return focusAt(model, model.parentOf(index));
}

function actionIntent(key: string, { model, index }: Pick<GridKeyContext, 'model' | 'index'>): GridIntent | null {
  const row = model.rows[index];
  if (!row) return null;
  if (row.kind === 'header' && (key === 'Enter' || key === ' ')) {
    return row.expanded === undefined ? null : { type: 'toggle', index, expanded: !row.expanded };
  }
  const action = actionsByKey[key];
  return action ? { type: 'action', index, action } : null;
}

const actionsByKey: Readonly<Record<string, RowAction>> = {
  Enter: 'open',
  ' ': 'peek',
  F2: 'rename',
  ContextMenu: 'menu',
  '.': 'menu',
};

function focusAt(model: RowModel, index: number): GridIntent | null {
  return index >= 0 && index < model.rows.length ? { type: 'focus', index } : null;
}

/** The row one page away; always moves by at least one. */
function pageTarget(model: RowModel, index: number, distance: number): number {
  const target = model.layout.indexAt(model.layout.offsetOf(index) + distance);
  if (target === index) return Math.min(model.rows.length - 1, Math.max(0, index + Math.sign(distance)));
  return target;
}
