import { updateSettings } from '#core/users/user-mutators.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Button } from '#web/ui/button.tsx';
import { Switch } from '#web/ui/switch.tsx';
import { useSettings } from './use-settings.ts';

export function ShortcutSettings() {
  const replica = useReplica();
  const dialogs = useDialogs();
  const { singleKeyShortcuts } = useSettings();
  return (
    <>
      <Switch
        label="Single-key shortcuts"
        description="Keys such as Q or G I without a modifier. Off, only shortcuts with Ctrl or ⌘ work."
        checked={singleKeyShortcuts}
        onChange={(enabled) => void replica.mutate(updateSettings, { singleKeyShortcuts: enabled })}
      />
      <div>
        <Button onClick={() => dialogs.open({ type: 'shortcuts' })}>Show all shortcuts</Button>
      </div>
    </>
  );
}
