import { lazy, Suspense, useEffect } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { navigate } from '#web/navigation.ts';
import { matchRoute, routes } from '#web/routes.ts';
import { isFirstRun } from './instance.ts';
import { useInstance, useSession } from './session.ts';
import { StartingScreen } from './starting-screen.tsx';

const LoginPage = lazy(() => import('./login-page.tsx').then((module) => ({ default: module.LoginPage })));
const SignupPage = lazy(() => import('./signup-page.tsx').then((module) => ({ default: module.SignupPage })));

/** Login and signup; on a new server the first account comes first. */
export function AuthPages() {
  const session = useSession();
  const instance = useInstance();
  const atSignup = matchRoute(usePathname()) === 'signup';
  useEffect(() => {
    // The forms work without an answer; only the demo and the way to sign up wait for it.
    session.loadInstance().catch(() => undefined);
  }, [session]);
  const first = isFirstRun(instance) && instance?.demo === null;
  useEffect(() => {
    if (first && !atSignup) navigate(routes.signup.href({}), { replace: true });
  }, [first, atSignup]);
  return (
    <Suspense fallback={<StartingScreen outlined={false} />}>{atSignup ? <SignupPage /> : <LoginPage />}</Suspense>
  );
}
