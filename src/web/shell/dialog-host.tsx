import { lazy, Suspense, use } from 'react';
import { updateSettings } from '#core/users/user-mutators.ts';
import { SignOutDialog } from '#web/auth/sign-out-dialog.tsx';
import { LabelDialog } from '#web/labels/label-dialog.tsx';
import { MembersDialog } from '#web/projects/members-dialog.tsx';
import { ProjectDialog } from '#web/projects/project-dialog.tsx';
import { useReplica } from '#web/replica/use-query.ts';
import { useSettings } from '#web/settings/use-settings.ts';
import { KeymapHelp } from '#web/ui/keymap-help.tsx';
import { KeymapContext } from '#web/ui/use-keymap.ts';
import { AddTaskDialog } from './add-task-dialog.tsx';
import type { ShellDialog } from './dialogs.ts';

/** Fetched behind the first screen. */
export const loadAttention = () =>
  import('#web/sync-status/attention-dialog.tsx').then((module) => ({ default: module.AttentionDialog }));
const AttentionDialog = lazy(loadAttention);

export interface DialogHostProps {
  dialog: ShellDialog | null;
  onClose: () => void;
}

/** The one dialog that is open. */
export function DialogHost({ dialog, onClose }: DialogHostProps) {
  switch (dialog?.type) {
    case undefined:
      return null;
    case 'add-task':
      return <AddTaskDialog projectId={dialog.projectId} today={dialog.today} onClose={onClose} />;
    case 'create-project':
      return <ProjectDialog projectId={null} parentId={dialog.parentId} onClose={onClose} />;
    case 'edit-project':
      return <ProjectDialog projectId={dialog.projectId} onClose={onClose} />;
    case 'members':
      return <MembersDialog projectId={dialog.projectId} onClose={onClose} />;
    case 'create-label':
      return <LabelDialog labelId={null} onClose={onClose} />;
    case 'edit-label':
      return <LabelDialog labelId={dialog.labelId} onClose={onClose} />;
    case 'attention':
      return (
        <Suspense fallback={null}>
          <AttentionDialog onClose={onClose} />
        </Suspense>
      );
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />;
    case 'sign-out':
      return <SignOutDialog onClose={onClose} />;
  }
}

function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const keymap = use(KeymapContext);
  const replica = useReplica();
  const { singleKeyShortcuts } = useSettings();
  if (!keymap) return null;
  return (
    <KeymapHelp
      keymap={keymap}
      singleKeys={singleKeyShortcuts}
      onSingleKeysChange={(enabled) => void replica.mutate(updateSettings, { singleKeyShortcuts: enabled })}
      onClose={onClose}
    />
  );
}
