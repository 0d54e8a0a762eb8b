import type { Page, Route } from '@playwright/test';
import { VOLUME } from '#tests/support/volume.ts';
import { restIsHere } from './accounts.ts';
import { Account, type WireTask } from './chaos-account.ts';
import {
  add,
  expectDiskHolds,
  expectInStep,
  keptFacts,
  newBrowser,
  openInbox,
  paste,
  refusals,
  rename,
  row,
  START,
  SYNCED,
  syncButton,
} from './chaos-pages.ts';
import { expect, test } from './fixtures.ts';
import type { SteppedPage, Stop } from './stepping.ts';
import { freeze, startUnattended } from './unattended.ts';

test.describe.configure({ timeout: 240_000 + VOLUME * 60_000 });
// Pages that stand still cannot be photographed, and what is recorded of others takes longer than the tests.
test.use({ trace: 'off', screenshot: 'off' });

/** Evenly over a round, its last step included. In the long run there is one for each of its steps. */
function parts(steps: number): number[] {
  const count = VOLUME > 1 ? steps : 6;
  return Array.from({ length: count }, (_, i) => (i + 1) / count);
}

/** Made without a network, then sent: a new task, a change of it, and a change that the server must refuse. */
async function work(stepped: SteppedPage, n: number): Promise<void> {
  const { page } = stepped;
  await add(page, `New ${n}`);
  await row(page, `New ${n}`).focus();
  await page.keyboard.press('1');
  await expect(row(page, `New ${n}`).getByRole('img', { name: 'Priority 1' })).toBeVisible();
  await rename(page, `Doomed ${n}`, `Words ${n}`);
  await stepped.reconnect();
}

test('a tab is killed at any step: what was kept arrives once, and what was refused is told', async ({
  context,
  request,
}) => {
  const account = await newBrowser(context, request);
  let leading = await openInbox(context);
  let following = await openInbox(context);
  const told: string[] = [];

  /** Answers with where it ended, or with all its steps when the work came to its end before. */
  async function round(n: number, at: number): Promise<Stop | readonly string[]> {
    const doomed = await account.call<WireTask>('POST', '/tasks', { title: `Doomed ${n}` });
    await expectInStep(account, leading.page);
    await leading.set({ cut: true });
    await account.remove(doomed.id);
    const { stopped } = await leading.stopAt(at);
    const working = work(leading, n).then(() => expectInStep(account, leading.page));
    working.catch(() => undefined);
    // Asked of the page, which may yet stop: it goes on with what others tell it.
    return Promise.race([stopped, working.then(() => leading.passed())]);
  }
  async function check(n: number, kept: readonly string[]): Promise<void> {
    const made = `New ${n} \\((1, 2|4, 1)\\)`;
    const possible = new RegExp(
      `^(${kept.includes('priority 1') ? `New ${n} \\(1, 2\\)` : made})${kept.includes(`New ${n}`) ? '' : '?'}$`,
    );
    // The page that goes on may first have to find what nobody told it of.
    await expect.poll(async () => (await account.facts()).join(), SYNCED).toMatch(possible);
    await expectInStep(account, leading.page, following.page);
    expect((await account.facts()).join()).toMatch(possible);
    if (kept.includes(`Words ${n}`)) told.push(`Words ${n}`);
    for (const { id } of await account.tasks()) await account.remove(id);
  }

  const whole = await round(0, 100_000);
  if ('step' in whole) throw new Error(`stopped at ${whole.step}`);
  let steps = whole.length;
  await check(0, ['New 0', 'priority 1', 'Words 0']);
  const reached: string[] = [];
  for (const [index, part] of parts(steps).entries()) {
    const n = index + 1;
    const end = await round(n, Math.round(part * steps));
    const isStopped = 'step' in end;
    if (isStopped) reached.push(end.step);
    // Rounds differ: where the server answers for several changes at once, there are fewer steps.
    else steps = Math.min(steps, end.length);
    await leading.kill();
    // One page goes on in its place, and one begins with what the disk has.
    [leading, following] = [following, await openInbox(context)];
    await check(n, isStopped ? end.kept : [`New ${n}`, 'priority 1', `Words ${n}`]);
  }
  test.info().annotations.push({ type: 'steps', description: `${steps}: ${reached.join(', ')}` });
  expect(reached.length).toBeGreaterThan(3);
  // The last of them may have been on the disk alone, where the page that goes on has to find it.
  await expect.poll(() => refusals(leading.page), SYNCED).toEqual(expect.arrayContaining(told));
  const found = await refusals(leading.page);
  // What was not known to be kept may have been; nothing is told twice, and nothing that was done.
  expect(found).toEqual([...new Set(found)]);
  expect(found.filter((text) => !text.startsWith('Words '))).toEqual([]);
  expect(await refusals(following.page)).toEqual(found);
});

test.describe('the leading tab stands still', () => {
  test('another takes over; when it goes on it is fenced, and nothing is doubled', async ({ context, request }) => {
    const account = await newBrowser(context, request);
    let leading = await openInbox(context);
    let following = await openInbox(context);
    const facts: string[] = [];
    const places = [['send sync/push'], ['answer sync/push'], ['answer sync/push', 'answer sync/pull', 'cache begin']];
    for (const [n, place] of places.entries()) {
      const { stopped } = await leading.stopAt(...place);
      const adding = add(leading.page, `Before ${n}`);
      const stop = await stopped;
      expect(stop.kept).toEqual([`Before ${n}`]);
      // Its lease ends, and the person comes to the other tab.
      await following.set({ ahead: (n + 1) * 20_000 });
      await following.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await add(following.page, `Meanwhile ${n}`);
      facts.push(`Before ${n} (4, 1)`, `Meanwhile ${n} (4, 1)`);
      await expect.poll(() => account.facts(), SYNCED).toEqual(facts.toSorted());
      await stop.thaw();
      await adding;
      await expectInStep(account, leading.page, following.page);
      await add(leading.page, `After ${n}`);
      facts.push(`After ${n} (4, 1)`);
      await expect.poll(() => account.facts(), SYNCED).toEqual(facts.toSorted());
      await expectInStep(account, leading.page, following.page);
      [leading, following] = [following, leading];
    }
    await expectDiskHolds(
      context,
      (await account.tasks()).map(({ title }) => title),
    );
  });

  test('what it had pulled and could not write is taken from nobody', async ({ context, request }) => {
    const account = await newBrowser(context, request);
    const leading = await openInbox(context);
    const following = await openInbox(context);
    const { stopped } = await leading.stopAt('answer sync/push', 'answer sync/pull', 'cache begin');
    const adding = add(leading.page, 'Acknowledged');
    const stop = await stopped;
    // The other leads, and no longer reaches the server, which has the task.
    await following.set({ ahead: 20_000, cut: true });
    await following.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(syncButton(following.page)).toHaveAccessibleName(/cannot be reached/, SYNCED);
    await stop.thaw();
    await adding;
    await add(leading.page, 'Made later');
    await expect(row(following.page, 'Made later')).toBeVisible();
    for (const { page } of [leading, following]) await expect(row(page, 'Acknowledged')).toBeVisible();
    await expectDiskHolds(context, ['Acknowledged', 'Made later']);
    await following.reconnect();
    await expect.poll(() => account.facts(), SYNCED).toEqual(['Acknowledged (4, 1)', 'Made later (4, 1)']);
    await expectInStep(account, leading.page, following.page);
  });
});

test('a leading tab that Chromium freezes lets go, and comes back as one of many', async ({ server, request }) => {
  const account = await Account.signUp(request);
  await using browser = await startUnattended();
  const { context } = browser;
  const login = { data: { ...account.person, remember: true } };
  expect((await context.request.post(`${server.url}/api/v1/auth/login`, login)).status()).toBe(200);
  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${server.url}/inbox`);
    await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible(START);
    return page;
  };
  const leading = await open();
  await add(leading, 'Before');
  await expectInStep(account, leading);
  await leading.route('**/api/v1/sync/push', (route) => route.abort('internetdisconnected'));
  await add(leading, 'Unsent');
  // The person goes elsewhere; no tab wants the lead.
  const elsewhere = await context.newPage();
  await expect.poll(() => leading.evaluate(() => document.visibilityState)).toBe('hidden');
  await expect.poll(async () => (await keptFacts(leading)).waiting, SYNCED).toBe(1);
  const thaw = await freeze(leading);
  await leading.unroute('**/api/v1/sync/push');
  const following = await open();
  await add(following, 'Meanwhile');
  const facts = ['Before (4, 1)', 'Meanwhile (4, 1)', 'Unsent (4, 1)'];
  await expect.poll(() => account.facts(), SYNCED).toEqual(facts);
  await expectInStep(account, following);
  await thaw();
  await leading.bringToFront();
  await expectInStep(account, leading);
  await following.close();
  await elsewhere.close();
  await add(leading, 'Afterwards');
  await expect.poll(() => account.facts(), SYNCED).toEqual(['Afterwards (4, 1)', ...facts]);
  await expectInStep(account, leading);
});

test('the network is cut when the server has done its work: nothing is lost, doubled or left untold', async ({
  context,
  request,
}) => {
  const account = await newBrowser(context, request);
  const stepped = await openInbox(context);
  const { page } = stepped;
  for (const n of [0, 1, 2, 3]) {
    const doomed = await account.call<WireTask>('POST', '/tasks', { title: `Doomed ${n}` });
    await expectInStep(account, page);
    await stepped.set({ cut: true });
    await account.remove(doomed.id);
    await rename(page, `Doomed ${n}`, `Words ${n}`);
    await add(page, `New ${n}`);
    // The first answer of the kind that this round is about never arrives, or only half of it.
    const kind = n < 2 ? '/push' : '/pull';
    let asked = 0;
    const lose = async (route: Route): Promise<void> => {
      const url = route.request().url();
      if (url.endsWith(kind)) asked++;
      // A pull would tell what became of the push, and it would not be sent again.
      if (kind === '/push' && asked < 2 && url.endsWith('/pull')) return route.abort('connectionreset');
      if (!url.endsWith(kind) || asked > 1) return route.continue();
      const answer = await route.fetch();
      const body = await answer.text();
      if (n % 2 === 0) await route.abort('connectionreset');
      else await route.fulfill({ response: answer, body: body.slice(0, body.length / 2) });
    };
    await page.route('**/api/v1/sync/*', lose);
    await stepped.reconnect();
    await expect.poll(() => asked, SYNCED).toBeGreaterThan(1);
    await add(page, `Later ${n}`);
    const all = Array.from({ length: n + 1 }, (_, i) => [`Later ${i} (4, 1)`, `New ${i} (4, 1)`]).flat();
    await expect.poll(() => account.facts(), SYNCED).toEqual(all.sort());
    await expectInStep(account, page);
    await page.unroute('**/api/v1/sync/*');
  }
  expect(await refusals(page)).toEqual(['Words 0', 'Words 1', 'Words 2', 'Words 3']);
});

test('two devices work offline for an hour: both end with everything that both did', async ({
  browser,
  server,
  request,
}) => {
  const HOUR = 3_600_000;
  const account = await Account.signUp(request);
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix} ${100 + i}`);
  const shared = names('Shared', 40);
  for (const title of shared) await account.call('POST', '/tasks', { title });
  const doomed = await Promise.all(
    names('Doomed', 8).map((title) => account.call<WireTask>('POST', '/tasks', { title })),
  );
  const devices = await Promise.all(
    ['A', 'B'].map(async (name, i) => {
      const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
      await account.enter(context);
      const stepped = await openInbox(context, -HOUR);
      await expect(syncButton(stepped.page)).toHaveAccessibleName(/Everything is saved/, START);
      await restIsHere(stepped.page);
      return { name, context, stepped, page: stepped.page, priority: `${i + 1}` };
    }),
  );
  for (const { context } of devices) await context.setOffline(true);
  for (const { id } of doomed) await account.remove(id);

  /** The focused row and those below it. */
  const prioritise = async (page: Page, key: string, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      await page.keyboard.press(key);
      await page.keyboard.press('j');
    }
  };
  await Promise.all(
    devices.map(async ({ name, stepped, page, priority }) => {
      await row(page, shared[0] ?? '').focus();
      await prioritise(page, priority, shared.length);
      await stepped.set({ ahead: -HOUR / 2 });
      for (const { title } of doomed) await rename(page, title, `${title} by ${name}`);
      await paste(page, names(name, 120));
      await row(page, `${name} 219`).focus();
      for (let i = 0; i < 100; i++) {
        await page.keyboard.press('3');
        await page.keyboard.press('k');
      }
      await stepped.set({ ahead: 0 });
      await expect(syncButton(page)).toHaveText('Offline · 268');
    }),
  );
  expect(await account.facts()).toEqual(shared.map((title) => `${title} (4, 1)`));
  await Promise.all(devices.map(({ context }) => context.setOffline(false)));
  await expect.poll(async () => (await account.tasks()).length, START).toBe(280);
  for (const { page } of devices)
    await expect(syncButton(page)).toHaveAccessibleName('Synchronisation: 8 changes need attention.', START);
  const facts = await account.facts();
  const own = ['A', 'B'].flatMap((name) =>
    names(name, 120).map((title, i) => `${title} ${i < 20 ? '(4, 1)' : '(3, 2)'}`),
  );
  expect(facts.filter((fact) => !fact.startsWith('Shared'))).toEqual(own.sort());
  // Each was changed once by each device; who came last decides.
  expect(facts.filter((fact) => !/^Shared \d+ \([12], 3\)$/.test(fact) && fact.startsWith('Shared'))).toEqual([]);
  for (const { name, page, context } of devices) {
    await expect.poll(() => keptFacts(page), SYNCED).toEqual({ tasks: facts, waiting: 0 });
    expect(await refusals(page)).toEqual(doomed.map(({ title }) => `${title} by ${name}`));
    await context.close();
  }
});
