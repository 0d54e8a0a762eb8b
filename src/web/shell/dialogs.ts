import { createContext, use } from 'react';
import { must } from '#core/errors.ts';
import type { NewTaskTarget } from './new-task-target.ts';

/** The dialogs of the shell; at most one is open. */
export type ShellDialog =
  | ({ readonly type: 'add-task' } & NewTaskTarget)
  | { readonly type: 'create-project'; readonly parentId?: string }
  | { readonly type: 'edit-project'; readonly projectId: string }
  | { readonly type: 'members'; readonly projectId: string }
  | { readonly type: 'create-label' }
  | { readonly type: 'edit-label'; readonly labelId: string }
  | { readonly type: 'create-filter'; readonly query?: string }
  | { readonly type: 'edit-filter'; readonly filterId: string }
  | { readonly type: 'attention' }
  | { readonly type: 'search' }
  | { readonly type: 'shortcuts' }
  | { readonly type: 'sign-out' };

export interface Dialogs {
  readonly open: (dialog: ShellDialog) => void;
  readonly close: () => void;
}

export const DialogsContext = createContext<Dialogs | null>(null);

export function useDialogs(): Dialogs {
  return must(use(DialogsContext), 'a component that opens dialogs is inside the shell');
}
