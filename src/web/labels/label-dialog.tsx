import { useState } from 'react';
import { labelKey } from '#core/labels/label.ts';
import type { Color } from '#core/schema.ts';
import { LABEL_NAME_MAX } from '#core/tasks/task.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { ColorPicker } from '#web/ui/color-picker.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { addLabel, editLabel } from './label-actions.ts';

export interface LabelDialogProps {
  /** Null makes a new label. */
  labelId: string | null;
  onClose: () => void;
}

export function LabelDialog({ labelId, onClose }: LabelDialogProps) {
  const replica = useReplica();
  const label = useRow('label', labelId);
  const [name, setName] = useState(label?.name ?? '');
  const [color, setColor] = useState<Color>(label?.color ?? 'teal');
  const [error, setError] = useState<string>();

  const handleSubmit = (): void => {
    const wanted = name.trim();
    const taken = replica
      .list('userLabels', replica.account.userId)
      .some((each) => each.id !== labelId && labelKey(each.name) === labelKey(wanted));
    if (wanted === '') return setError('Give the label a name.');
    if (taken) return setError(`You already have a label “${wanted}”.`);
    if (label) editLabel(replica, label, { name: wanted, color });
    else addLabel(replica, { name: wanted, color });
    onClose();
  };

  return (
    <FormDialog
      title={label ? 'Edit label' : 'New label'}
      submitLabel={label ? 'Save' : 'Add label'}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        maxLength={LABEL_NAME_MAX}
        autoFocus
        autoComplete="off"
        error={error}
        {...(label && { description: 'Tasks that carry the label follow.' })}
      />
      <ColorPicker label="Colour" value={color} onChange={setColor} />
    </FormDialog>
  );
}
