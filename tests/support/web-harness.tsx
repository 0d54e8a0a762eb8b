import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Device } from '#web/api/device.ts';
import type { HttpClient } from '#web/api/http-client.ts';
import type { SessionApi, SessionUser, SignedIn } from '#web/api/session.ts';
import { Session, SessionContext } from '#web/auth/session.ts';
import { Observable } from '#web/replica/observable.ts';
import type { Replica } from '#web/replica/replica.ts';
import { ReplicaProvider } from '#web/replica/use-query.ts';
import { type Dialogs, DialogsContext, type ShellDialog } from '#web/shell/dialogs.ts';
import { DeviceNotes } from '#web/ui/device-notes.ts';
import { createKeymap, type Keymap } from '#web/ui/keymap.ts';
import { type Shell, ShellContext } from '#web/ui/shell-context.ts';
import { ToastRegion } from '#web/ui/toast-region.tsx';
import { KeymapContext } from '#web/ui/use-keymap.ts';
import { createNotices, type Notices, NoticesContext } from '#web/undo/notices.ts';
import { useUndoToasts } from '#web/undo/use-undo.ts';
import { aReplica, ANA, aMember, aProject, id, type KindRow } from './replica-fixture.ts';
import { someSettings } from './row-factories.ts';

export const INBOX = id(5);

export const ana: SessionUser = {
  id: ANA.userId,
  username: ANA.username,
  displayName: ANA.displayName,
  email: null,
  role: 'user',
};

/** An account as it is after signing up, and `rows` besides. */
export function anAccount(rows: readonly KindRow[] = []): Replica {
  return aReplica([
    ['settings', someSettings({ id: ANA.userId, userId: ANA.userId })],
    ['project', aProject({ id: INBOX, name: 'Inbox', inbox: true })],
    ['member', aMember(INBOX)],
    ...rows,
  ]);
}

/** A server that answers what `answers` says by method and path, and refuses the rest. */
export function aServer(answers: Readonly<Record<string, unknown>> = {}): SessionApi {
  const request = (method: string, path: string): Promise<unknown> => {
    const answer = answers[`${method} ${path}`];
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined ? Promise.reject(new Error(`no answer to ${method} ${path}`)) : Promise.resolve(answer);
  };
  const begin = (path: string) => async () => (await request('POST', path)) as SignedIn;
  return {
    http: { request, adopt: () => {}, forget: () => {}, expectUser: () => {} } as unknown as HttpClient,
    signIn: begin('/auth/login'),
    signUp: begin('/auth/signup'),
    resume: async () => (await request('POST', '/auth/refresh')) as SignedIn | null,
    signOut: () => Promise.resolve(),
  };
}

export interface Harness extends RenderResult {
  readonly replica: Replica;
  readonly session: Session;
  readonly notices: Notices;
  readonly keymap: Keymap;
  /** Dialogs that were asked for, newest last. */
  readonly opened: readonly ShellDialog[];
}

export interface HarnessOptions {
  readonly replica?: Replica;
  readonly api?: SessionApi;
  readonly user?: SessionUser;
  readonly shell?: Partial<Shell>;
  readonly sync?: Partial<Device['sync']>;
}

/** Renders a part of the shell over a real replica, with somebody signed in. */
export async function renderInShell(children: ReactNode, options: HarnessOptions = {}): Promise<Harness> {
  const { replica = anAccount(), user = ana } = options;
  const api = { ...(options.api ?? aServer()), resume: () => Promise.resolve({ user, remember: true }) };
  const device = {
    replica,
    sync: { syncNow() {}, start() {}, setWorkOffline() {}, workOffline: new Observable(false), ...options.sync },
    hasData: true,
    goOnline() {},
    syncNow() {},
    tellSignedOut() {},
    close() {},
  } as unknown as Device;
  const session = new Session({
    api,
    openDevice: () => Promise.resolve(device),
    deleteKept: () => Promise.resolve(),
    notes: new DeviceNotes(() => null),
  });
  await session.start();
  const notices = createNotices();
  const keymap = createKeymap();
  const opened: ShellDialog[] = [];
  const dialogs: Dialogs = { open: (dialog) => void opened.push(dialog), close: () => {} };
  const shell: Shell = {
    layout: 'desktop',
    sidebarShown: true,
    toggleSidebar: () => {},
    closeDrawer: () => {},
    ...options.shell,
  };
  const result = render(
    <SessionContext value={session}>
      <NoticesContext value={notices}>
        <KeymapContext value={keymap}>
          <ReplicaProvider replica={replica}>
            <DialogsContext value={dialogs}>
              <ShellContext value={shell}>
                <Toasts replica={replica} notices={notices} />
                {children}
              </ShellContext>
            </DialogsContext>
          </ReplicaProvider>
        </KeymapContext>
      </NoticesContext>
    </SessionContext>,
  );
  return { ...result, replica, session, notices, keymap, opened };
}

function Toasts({ replica, notices }: { replica: Replica; notices: Notices }) {
  useUndoToasts(replica);
  return <ToastRegion queue={notices.toasts} />;
}
