import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { createHarness, type Harness } from './harness.ts';
import { placeOf } from './history-database.ts';
import { readKeptHistories } from './kept-histories.ts';
import { createTabHarness, type TabHarness } from './tab-harness.ts';

const kept = await readKeptHistories();

describe.for(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  let devices: Harness;
  let tabs: TabHarness;

  beforeAll(async () => {
    const place = placeOf(engine, inject('postgresUrl'));
    devices = await createHarness(place);
    tabs = await createTabHarness(place);
  });

  afterAll(async () => {
    await devices[Symbol.asyncDispose]();
    await tabs[Symbol.asyncDispose]();
  });

  test.for(kept)('$title', async (each) => {
    if (each.kind === 'devices') await devices.replay(each.history, each.disasters);
    else await tabs.replay(each.history);
  });
});
