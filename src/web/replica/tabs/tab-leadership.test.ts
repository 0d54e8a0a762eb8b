import { expect, test, vi } from 'vitest';
import { TabLeadership } from './tab-leadership.ts';

test('a tab that gets the lock while it takes the lead begins one term', async () => {
  let terms = 0;
  const take = vi.fn<() => Promise<{ term: number; commits: number }>>(() =>
    Promise.resolve({ term: ++terms, commits: 0 }),
  );
  const onLead = vi.fn<() => void>();
  const leadership = new TabLeadership({
    tab: 'tab',
    disk: { take, renew: () => Promise.resolve(true) },
    channel: { post() {}, listen() {}, close() {} },
    environment: { clock: () => 0, random: () => 0, setTimer: () => () => {} },
    locks: {
      request: (_name: string, _options: unknown, granted: () => Promise<void>) => granted(),
    } as unknown as LockManager,
    lockName: 'lock',
    isVisible: () => true,
    onLead,
    onFollow: () => {},
    onRenew: () => {},
  });
  leadership.start();
  await vi.waitFor(() => expect(leadership.leads).toBe(true));
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  expect([take.mock.calls.length, onLead.mock.calls.length]).toEqual([1, 1]);
  leadership.stop();
});
