import { expect, test, vi } from 'vitest';
import type { TabMessage } from './tab-channel.ts';
import { TabLeadership } from './tab-leadership.ts';

async function leadingTab() {
  let terms = 0;
  const take = vi.fn<() => Promise<{ term: number; commits: number }>>(() =>
    Promise.resolve({ term: ++terms, commits: 0 }),
  );
  const renew = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const post = vi.fn<(message: TabMessage) => void>();
  const lock = { signal: new AbortController().signal };
  const [onLead, onFollow] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const leadership = new TabLeadership({
    tab: 'tab',
    disk: { take, renew },
    channel: { post, listen() {}, close() {} },
    environment: { clock: () => 0, random: () => 0, setTimer: () => () => {} },
    locks: {
      request: (_name: string, { signal }: { signal: AbortSignal }, granted: () => Promise<void>) => {
        lock.signal = signal;
        return granted();
      },
    } as unknown as LockManager,
    lockName: 'lock',
    isVisible: () => true,
    onLead,
    onFollow,
    onRenew: () => {},
  });
  leadership.start();
  await vi.waitFor(() => expect(leadership.leads).toBe(true), 10_000);
  return { leadership, take, renew, post, lock, onLead, onFollow };
}

test('a tab that gets the lock while it takes the lead begins one term', async () => {
  const { leadership, take, onLead } = await leadingTab();
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  expect([take.mock.calls.length, onLead.mock.calls.length]).toEqual([1, 1]);
  leadership.stop();
});

test('a tab that is about to stand still lets go without a word on the disk', async () => {
  const { leadership, take, renew, post, lock, onFollow } = await leadingTab();
  leadership.suspend();
  expect(leadership.leads).toBe(false);
  expect(lock.signal.aborted).toBe(true);
  expect(onFollow).toHaveBeenCalledOnce();
  expect(post).toHaveBeenLastCalledWith({ type: 'released' });
  expect(renew).not.toHaveBeenCalled();
  leadership.start();
  await vi.waitFor(() => expect(leadership.leads).toBe(true), 10_000);
  expect(take).toHaveBeenCalledTimes(2);
  leadership.stop();
});
