import { clsx } from 'clsx';
import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface FormDialogProps {
  title: string;
  submitLabel: string;
  /** Enter in a field and the primary button. Closing is up to the caller, who may have found a fault. */
  onSubmit: () => void;
  onClose: () => void;
  /** Beside the buttons, at the other end. */
  aside?: ReactNode;
  size?: 'normal' | 'wide';
  /** Space between the fields. */
  dense?: boolean;
  children: ReactNode;
}

/** A dialog around one form, with Cancel and a button that submits. */
export function FormDialog(props: FormDialogProps) {
  const { title, submitLabel, onSubmit, onClose, aside, size = 'normal', dense = false, children } = props;
  const formId = useId();
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      actions={
        <>
          {aside}
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={formId}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={handleSubmit} className={clsx('flex flex-col', dense ? 'gap-4' : 'gap-5')}>
        {children}
      </form>
    </Dialog>
  );
}
