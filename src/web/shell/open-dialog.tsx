import { use } from 'react';
import { updateSettings } from '#core/users/user-mutators.ts';
import { SignOutDialog } from '#web/auth/sign-out-dialog.tsx';
import { LabelDialog } from '#web/labels/label-dialog.tsx';
import { MembersDialog } from '#web/projects/members-dialog.tsx';
import { ProjectDialog } from '#web/projects/project-dialog.tsx';
import { QuickAddDialog } from '#web/quick-add/quick-add-dialog.tsx';
import { useReplica } from '#web/replica/use-query.ts';
import { SearchDialog } from '#web/search/search-dialog.tsx';
import { useSettings, useStoredSettings } from '#web/settings/use-settings.ts';
import { AttentionDialog } from '#web/sync-status/attention-dialog.tsx';
import { KeymapHelp } from '#web/ui/keymap-help.tsx';
import { lazyPart } from '#web/ui/lazy-part.tsx';
import { KeymapContext } from '#web/ui/use-keymap.ts';
import type { ShellDialog } from './dialogs.ts';

/** With the filter language, which no other dialog needs. */
const FilterDialog = lazyPart(() => import('#web/filters/filter-dialog.tsx').then((module) => module.FilterDialog));

export interface OpenDialogProps {
  dialog: ShellDialog;
  onClose: () => void;
}

/** The one dialog that is open. */
export function OpenDialog({ dialog, onClose }: OpenDialogProps) {
  switch (dialog.type) {
    case 'add-task':
      return <QuickAddDialog projectId={dialog.projectId} today={dialog.today} base={dialog.base} onClose={onClose} />;
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
    case 'create-filter':
      return <FilterDialog filterId={null} query={dialog.query} onClose={onClose} />;
    case 'edit-filter':
      return <FilterDialog filterId={dialog.filterId} onClose={onClose} />;
    case 'attention':
      return <AttentionDialog onClose={onClose} />;
    case 'search':
      return <SearchDialog onClose={onClose} />;
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
  const canChange = useStoredSettings() !== undefined;
  if (!keymap) return null;
  const setSingleKeys = (enabled: boolean) => void replica.mutate(updateSettings, { singleKeyShortcuts: enabled });
  return (
    <KeymapHelp
      keymap={keymap}
      singleKeys={singleKeyShortcuts}
      onSingleKeysChange={canChange ? setSingleKeys : null}
      onClose={onClose}
    />
  );
}
