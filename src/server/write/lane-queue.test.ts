import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LaneQueue, type Laned } from './lane-queue.ts';

interface Job extends Laned {
  readonly name: string;
}

const aJob = (name: string, ...lanes: string[]): Job => ({ name, lanes: new Set(lanes), weight: 1 });

/** Runs the jobs, all added at once, and tells which groups they made, in the order in which the groups began. */
async function groupsOf(jobs: readonly Job[], limits = { groupsMax: 8, weightMax: 100 }): Promise<string[][]> {
  const groups: string[][] = [];
  const running = new Set<Job>();
  let left = jobs.length;
  const done = Promise.withResolvers<void>();
  const queue = new LaneQueue<Job>({
    ...limits,
    async run(group) {
      groups.push(group.map((job) => job.name));
      expect(groups.length).toBeLessThanOrEqual(jobs.length);
      for (const job of group) {
        for (const other of running) expect(job.lanes.isDisjointFrom(other.lanes)).toBe(true);
      }
      for (const job of group) running.add(job);
      await sleep(1);
      for (const job of group) running.delete(job);
      left -= group.length;
      if (left === 0) done.resolve();
    },
  });
  for (const job of jobs) queue.add(job);
  await done.promise;
  return groups;
}

test('jobs of one lane that wait together run together', async () => {
  expect(await groupsOf([aJob('a', 'x'), aJob('b', 'x'), aJob('c', 'x')])).toEqual([['a', 'b', 'c']]);
});

test('jobs of different lanes run at the same time, each in a group of its own', async () => {
  expect(await groupsOf([aJob('a', 'x'), aJob('b', 'y')])).toEqual([['a'], ['b']]);
});

test('a job in two lanes waits for both, takes along what fits in, and is not overtaken', async () => {
  const jobs = [aJob('a', 'x'), aJob('both', 'x', 'y'), aJob('b', 'y'), aJob('c', 'x'), aJob('d', 'z')];
  expect(await groupsOf(jobs)).toEqual([['a'], ['d'], ['both', 'b', 'c']]);
});

test('a group stays within its weight, and no more groups run than may', async () => {
  const jobs = [aJob('a', 'x'), aJob('b', 'x'), aJob('c', 'x'), aJob('d', 'y')];
  expect(await groupsOf(jobs, { groupsMax: 1, weightMax: 2 })).toEqual([['a', 'b'], ['c'], ['d']]);
});

test('in every order of jobs, each runs once and those that share a lane keep their order', async () => {
  const lane = fc.constantFrom('w', 'x', 'y', 'z');
  const sets = fc.array(fc.uniqueArray(lane, { maxLength: 3 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sets, async (all) => {
      const jobs = all.map((lanes, i) => aJob(String(i), ...lanes));
      const order = (await groupsOf(jobs)).flat().map(Number);
      expect(order.toSorted((a, b) => a - b)).toEqual(jobs.map((_, i) => i));
      for (const name of ['w', 'x', 'y', 'z']) {
        const inLane = order.filter((i) => jobs[i]!.lanes.has(name));
        expect(inLane).toEqual(inLane.toSorted((a, b) => a - b));
      }
    }),
  );
});
