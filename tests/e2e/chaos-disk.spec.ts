import type { WireTask } from './chaos-account.ts';
import {
  add,
  expectDiskHolds,
  expectInStep,
  fillDisk,
  goToInbox,
  keptFacts,
  newBrowser,
  openInbox,
  refusals,
  rename,
  row,
  SYNCED,
  syncButton,
} from './chaos-pages.ts';
import { expect, test } from './fixtures.ts';
import { SteppedPage } from './stepping.ts';

test.describe.configure({ timeout: 240_000 });
// What is recorded of several pages takes longer than the tests.
test.use({ trace: 'off', screenshot: 'off' });

test('the disk is full: what it refuses is sent all the same, and kept once there is room', async ({
  context,
  request,
  server,
}) => {
  const account = await newBrowser(context, request);
  const stepped = await SteppedPage.prepare(await context.newPage());
  const { page, devtools } = stepped;
  const { origin } = new URL(server.url);
  // Chromium asks for the quota once in half a minute, unless what it knew does not suffice: so it is used up.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  await goToInbox(stepped);
  await add(page, 'Kept');
  await expectInStep(account, page);
  await fillDisk(page);
  await add(page, 'Sent and not kept');
  await expect(syncButton(page)).toHaveAccessibleName(/storage of this browser is full/);
  await expect.poll(() => account.facts(), SYNCED).toEqual(['Kept (4, 1)', 'Sent and not kept (4, 1)']);
  await expect(syncButton(page)).toHaveAccessibleName(/storage of this browser is full\..* saved\.$/, SYNCED);
  await stepped.set({ cut: true });
  await add(page, 'Neither');
  const warns = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect(await warns()).toBe(true);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(syncButton(page)).toHaveAccessibleName(/cannot be reached. 1 change on this device/, SYNCED);
  // There is room again with the first change that is kept; the last one follows.
  await expect.poll(warns).toBe(false);
  await stepped.kill();
  const next = await openInbox(context);
  const all = ['Kept (4, 1)', 'Neither (4, 1)', 'Sent and not kept (4, 1)'];
  await expect.poll(() => account.facts(), SYNCED).toEqual(all);
  await expectInStep(account, next.page);
});

test('the disk is cleared under the open pages: they keep everything anew', async ({ context, request }) => {
  const account = await newBrowser(context, request);
  const [leading, following] = [await openInbox(context), await openInbox(context)];
  const { origin } = new URL(leading.page.url());
  const doomed = await account.call<WireTask>('POST', '/tasks', { title: 'Doomed' });
  await add(leading.page, 'Known');
  await expectInStep(account, leading.page, following.page);
  for (const each of [leading, following]) await each.set({ cut: true });
  await account.remove(doomed.id);
  await rename(leading.page, 'Doomed', 'Words');
  await leading.reconnect();
  await expect(syncButton(leading.page)).toHaveAccessibleName(/needs attention/, SYNCED);
  await leading.set({ cut: true });
  await add(leading.page, 'Waiting');
  await expect(row(following.page, 'Waiting')).toBeVisible();
  await leading.devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await add(following.page, 'In the other tab');
  await add(leading.page, 'Afterwards');
  for (const each of [leading, following]) await each.reconnect();
  const all = ['Afterwards (4, 1)', 'In the other tab (4, 1)', 'Known (4, 1)', 'Waiting (4, 1)'];
  await expect.poll(() => account.facts(), SYNCED).toEqual(all);
  await expectInStep(account, leading.page, following.page);
  for (const { page } of [leading, following]) expect(await refusals(page)).toEqual(['Words']);
  // Nobody leads from the clearing on until a tab looks, every five seconds.
  await expect(async () => {
    expect(await keptFacts(leading.page)).toEqual({ tasks: all, waiting: 0 });
  }).toPass(SYNCED);
  await expectDiskHolds(context, ['Afterwards', 'In the other tab', 'Known', 'Waiting']);
});

test('the disk closes its connections again and again: work goes on', async ({ context, request }) => {
  const account = await newBrowser(context, request);
  const stepped = await openInbox(context);
  await stepped.set({ closeEvery: 3 });
  for (const n of [0, 1, 2]) {
    await add(stepped.page, `Task ${n}`);
    await row(stepped.page, `Task ${n}`).focus();
    await stepped.page.keyboard.press('1');
  }
  const all = [0, 1, 2].map((n) => `Task ${n} (1, 2)`);
  await expect.poll(() => account.facts(), SYNCED).toEqual(all);
  await expectInStep(account, stepped.page);
  await stepped.kill();
  await expectDiskHolds(context, ['Task 0', 'Task 1', 'Task 2']);
});
