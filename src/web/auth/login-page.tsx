import { Sprout } from 'lucide-react';
import { useState } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { Link } from '#web/link.tsx';
import { navigate } from '#web/navigation.ts';
import { routes, safeNext } from '#web/routes.ts';
import { Banner } from '#web/ui/banner.tsx';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { PasswordField } from './password-field.tsx';
import type { Instance } from './instance.ts';
import { useInstance, useSession, useSessionState } from './session.ts';
import { useForm } from './use-form.ts';

export function LoginPage() {
  const session = useSession();
  const instance = useInstance();
  const state = useSessionState();
  const next = safeNext(routes.login.parse('/login', useSearch())?.query.next);
  const [username, setUsername] = useState(state.type === 'signed-in' ? state.user.username : '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const form = useForm({
    fields: ['username', 'password'],
    check: () => ({
      ...(username.trim() === '' && { username: 'Enter your username.' }),
      ...(password === '' && { password: 'Enter your password.' }),
    }),
    async submit() {
      await session.signIn({ username: username.trim(), password, remember }, () => navigate(next, { replace: true }));
    },
  });

  return (
    <AuthLayout
      title="Welcome back"
      text="Sign in to your tasks."
      footer={
        instance === null || instance.signup === 'closed' ? undefined : (
          <>
            New here?{' '}
            <Link href={routes.signup.href({})} className="link">
              Create an account
            </Link>
          </>
        )
      }
    >
      {state.type === 'signed-in' ? (
        <Banner tone="warn">Your session has ended. Your changes are kept and will be sent once you sign in.</Banner>
      ) : null}
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
          error={form.errors.fields.username}
        />
        <PasswordField
          label="Password"
          name="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={form.errors.fields.password}
        />
        <Checkbox label="Keep me signed in on this device" checked={remember} onChange={setRemember} />
        <Button type="submit" tone="primary" size="lg" block busy={form.busy}>
          Sign in
        </Button>
      </form>
      {instance?.demo ? (
        <DemoOffer
          demo={instance.demo}
          busy={form.busy}
          onTry={(credentials) =>
            form.run(() => session.signIn(credentials, () => navigate(routes.home.href({}), { replace: true })))
          }
        />
      ) : null}
    </AuthLayout>
  );
}

interface DemoOfferProps {
  demo: NonNullable<Instance['demo']>;
  busy: boolean;
  onTry: (credentials: { username: string; password: string; remember: boolean }) => void;
}

function DemoOffer({ demo, busy, onTry }: DemoOfferProps) {
  const { username, password } = demo;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5">
      <p className="text-body-sm text-pretty text-fg-secondary">
        Just looking? The demo account <strong className="font-semibold text-fg">{username}</strong> has projects and
        tasks to play with.
      </p>
      <Button
        size="lg"
        block
        icon={<Sprout aria-hidden="true" className="size-4" />}
        disabled={busy}
        onClick={() => onTry({ username, password, remember: false })}
      >
        Try the demo
      </Button>
    </div>
  );
}
