import { useState } from 'react';
import { foldUsername, PASSWORD_MIN, usernameFault } from '#core/auth/credentials.ts';
import { Link } from '#web/link.tsx';
import { navigate } from '#web/navigation.ts';
import { routes } from '#web/routes.ts';
import { detectLocale, detectTimeZone } from '#web/settings/device-locale.ts';
import { weekStartOf } from '#web/settings/locales.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { PasswordField } from './password-field.tsx';
import { isFirstRun } from './instance.ts';
import { useInstance, useSession } from './session.ts';
import { useForm } from './use-form.ts';

export function SignupPage() {
  const instance = useInstance();
  const footer = (
    <>
      Already have an account?{' '}
      <Link href={routes.login.href({})} className="link">
        Sign in
      </Link>
    </>
  );
  if (instance?.signup === 'closed') {
    return (
      <AuthLayout title="Sign-up is closed" footer={footer}>
        <p className="text-body text-pretty text-fg-secondary">
          New accounts on this server are made by its administrator. Ask them for one.
        </p>
      </AuthLayout>
    );
  }
  if (isFirstRun(instance)) {
    return (
      <AuthLayout
        title="Welcome to Tend"
        text="Nobody is here yet. The first account also runs this server."
        footer={instance?.demo ? footer : undefined}
      >
        <SignupForm needsToken={instance?.signup === 'setup_token'} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title="Create your account" text="Your tasks, on this server and on every device." footer={footer}>
      <SignupForm needsToken={false} />
    </AuthLayout>
  );
}

function usernameError(username: string): { username?: string } {
  if (username.trim() === '') return { username: 'Choose a username.' };
  const fault = usernameFault(foldUsername(username.trim()));
  return fault === undefined ? {} : { username: `A username ${fault}.` };
}

function SignupForm({ needsToken }: { needsToken: boolean }) {
  const session = useSession();
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [setupToken, setSetupToken] = useState('');
  const form = useForm({
    fields: ['username', 'email', 'password', 'setupToken'],
    codes: { username_taken: 'username' },
    check: () => ({
      ...usernameError(username),
      ...(needsToken && setupToken.trim() === '' && { setupToken: 'Enter the token that the server printed.' }),
      ...(password.length < PASSWORD_MIN && { password: `Use at least ${PASSWORD_MIN} characters.` }),
    }),
    async submit() {
      const locale = detectLocale();
      await session.signUp(
        {
          username: username.trim(),
          password,
          ...(email.trim() !== '' && { email: email.trim() }),
          ...(needsToken && { setupToken: setupToken.trim() }),
          timeZone: detectTimeZone(),
          locale,
          weekStart: weekStartOf(locale),
          remember: true,
        },
        () => navigate(routes.setup.href({}), { replace: true }),
      );
    },
  });
  return (
    <form ref={form.formRef} noValidate onSubmit={form.handleSubmit} className="flex flex-col gap-4">
      {form.errors.form === undefined ? null : <Banner tone="danger">{form.errors.form}</Banner>}
      <TextField
        label="Username"
        name="username"
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        description="What others see when you share a project."
        error={form.errors.fields.username}
      />
      <TextField
        label="Email (optional)"
        name="email"
        type="email"
        value={email}
        onChange={setEmail}
        autoComplete="email"
        error={form.errors.fields.email}
      />
      <PasswordField
        label="Password"
        name="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        description={`At least ${PASSWORD_MIN} characters. A short sentence is easy to keep in mind.`}
        error={form.errors.fields.password}
      />
      {needsToken ? (
        <TextField
          label="Setup token"
          name="setupToken"
          value={setupToken}
          onChange={setSetupToken}
          autoComplete="off"
          spellCheck={false}
          description="The server prints it when it starts. It shows that this server is yours."
          error={form.errors.fields.setupToken}
        />
      ) : null}
      <Button type="submit" tone="primary" size="lg" block busy={form.busy}>
        Create account
      </Button>
    </form>
  );
}
