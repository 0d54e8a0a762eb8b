import { useMemo, useState } from 'react';
import { PASSWORD_MIN } from '#core/auth/credentials.ts';
import { PasswordField } from '#web/auth/password-field.tsx';
import { useSession, useUser } from '#web/auth/session.ts';
import { useForm } from '#web/auth/use-form.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { createAccountApi } from './account-api.ts';
import { DemoNote } from './demo-note.tsx';
import { SettingsGroup } from './settings-group.tsx';

export function SecuritySettings() {
  const { role } = useUser();
  if (role === 'demo') return <DemoNote />;
  return (
    <SettingsGroup title="Password" text="Changing it signs you out everywhere else.">
      <PasswordForm />
    </SettingsGroup>
  );
}

function PasswordForm() {
  const session = useSession();
  const user = useUser();
  const { toasts } = useNotices();
  const api = useMemo(() => createAccountApi(session.api.http), [session]);
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const form = useForm({
    fields: ['currentPassword', 'newPassword'],
    codes: { invalid_credentials: 'currentPassword' },
    check: () => ({
      ...(currentPassword === '' && { currentPassword: 'Enter your current password.' }),
      ...(newPassword.length < PASSWORD_MIN && { newPassword: `Use at least ${PASSWORD_MIN} characters.` }),
    }),
    async submit() {
      await api.changePassword({ currentPassword, newPassword });
      setCurrentPassword('');
      setNewPassword('');
      toasts.show({ message: 'Password changed' });
    },
  });
  return (
    <form ref={form.formRef} noValidate onSubmit={form.handleSubmit} className="flex flex-col gap-5">
      {form.errors.form === undefined ? null : <Banner tone="danger">{form.errors.form}</Banner>}
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
      <PasswordField
        label="Current password"
        name="currentPassword"
        value={currentPassword}
        onChange={setCurrentPassword}
        autoComplete="current-password"
        error={form.errors.fields.currentPassword}
      />
      <PasswordField
        label="New password"
        name="newPassword"
        value={newPassword}
        onChange={setNewPassword}
        autoComplete="new-password"
        description={`At least ${PASSWORD_MIN} characters.`}
        error={form.errors.fields.newPassword}
      />
      <div>
        <Button type="submit" tone="primary" busy={form.busy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
