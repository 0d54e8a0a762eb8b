import { useEffect } from 'react';
import { useInstance, useSession } from '#web/auth/session.ts';
import { Brand } from '#web/auth/brand.tsx';

export function AboutSettings() {
  const session = useSession();
  const instance = useInstance();
  useEffect(() => {
    // Offline the version stays unknown; nothing here depends on it.
    session.loadInstance().catch(() => undefined);
  }, [session]);
  return (
    <>
      <div className="flex flex-col gap-2">
        <Brand />
        <p className="text-body text-fg-secondary">
          {instance === null ? 'A task manager that you host yourself.' : `Version ${instance.version}`}
        </p>
      </div>
      <ul className="flex flex-col gap-2 text-body">
        <li>
          <a href="/docs" className="link">
            API documentation
          </a>
        </li>
      </ul>
      <p className="text-body-sm text-pretty text-fg-secondary">
        Tend is free software under the MIT licence. It sends nothing about you anywhere: what you write stays on this
        server and on your devices.
      </p>
    </>
  );
}
