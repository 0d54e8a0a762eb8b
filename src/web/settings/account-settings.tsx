import { useMemo, useState } from 'react';
import { PasswordField } from '#web/auth/password-field.tsx';
import { useSession, useUser } from '#web/auth/session.ts';
import { useForm } from '#web/auth/use-form.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { useNotices } from '#web/undo/notices.ts';
import { createAccountApi, type ProfileChange } from './account-api.ts';
import { DemoNote } from './demo-note.tsx';

/** Name and address of mail. */
export function AccountSettings() {
  const user = useUser();
  return (
    <>
      <div className="flex items-center gap-4">
        <Avatar name={user.displayName} size="lg" decorative />
        <div className="min-w-0">
          <p className="truncate text-body font-semibold">{user.displayName}</p>
          <p className="truncate text-body-sm text-fg-secondary">
            @{user.username}
            {user.role === 'admin' ? ' · Administrator' : ''}
          </p>
        </div>
      </div>
      {user.role === 'demo' ? <DemoNote /> : <ProfileForm />}
    </>
  );
}

function ProfileForm() {
  const session = useSession();
  const user = useUser();
  const { toasts } = useNotices();
  const api = useMemo(() => createAccountApi(session.api.http), [session]);
  const [displayName, setDisplayName] = useState(user.displayName);
  const [email, setEmail] = useState(user.email ?? '');
  const [currentPassword, setCurrentPassword] = useState('');
  const newEmail = email.trim() !== (user.email ?? '');
  const changed = newEmail || displayName.trim() !== user.displayName;
  const form = useForm({
    fields: ['displayName', 'email', 'currentPassword'],
    codes: { invalid_credentials: 'currentPassword' },
    check: () => ({
      ...(displayName.trim() === '' && { displayName: 'Enter the name that others see.' }),
      ...(newEmail && currentPassword === '' && { currentPassword: 'Enter your password to change the email.' }),
    }),
    async submit() {
      const change: ProfileChange = {
        ...(displayName.trim() !== user.displayName && { displayName: displayName.trim() }),
        ...(newEmail && { email: email.trim() === '' ? null : email.trim(), currentPassword }),
      };
      session.updateUser(await api.updateProfile(change));
      setCurrentPassword('');
      toasts.show({ message: 'Account saved' });
    },
  });
  return (
    <form ref={form.formRef} noValidate onSubmit={form.handleSubmit} className="flex flex-col gap-5">
      {form.errors.form === undefined ? null : <Banner tone="danger">{form.errors.form}</Banner>}
      <TextField label="Username" value={user.username} readOnly description="It cannot be changed." />
      <TextField
        label="Display name"
        name="displayName"
        value={displayName}
        onChange={setDisplayName}
        maxLength={120}
        autoComplete="name"
        description="What others see in shared projects."
        error={form.errors.fields.displayName}
      />
      <TextField
        label="Email"
        name="email"
        type="email"
        value={email}
        onChange={setEmail}
        autoComplete="email"
        error={form.errors.fields.email}
      />
      {newEmail ? (
        <PasswordField
          label="Current password"
          name="currentPassword"
          value={currentPassword}
          onChange={setCurrentPassword}
          autoComplete="current-password"
          description="Needed to change the email."
          error={form.errors.fields.currentPassword}
        />
      ) : null}
      <div>
        <Button type="submit" tone="primary" busy={form.busy} disabled={!changed}>
          Save
        </Button>
      </div>
    </form>
  );
}
