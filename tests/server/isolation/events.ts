import { setTimeout as sleep } from 'node:timers/promises';
import type { MatrixReport } from './matrix.ts';
import { PRINCIPALS, PROJECTS, type PrincipalName, roleIn } from './rights.ts';
import { canariesIn, readableBy, type World } from './world.ts';

/** Longer than commits are collected before they are told. */
const SETTLE_MS = 250;

/** Opens the event stream of every principal over a real socket, changes something everywhere, and reads what they are told. */
export async function runEventChecks(world: World): Promise<MatrixReport> {
  const faults = world.newFaults();
  const address = await world.app.app.listen({ host: '127.0.0.1', port: 0 });
  const closing = new AbortController();
  const heard = new Map<PrincipalName, { text: string }>();
  const reading: Promise<void>[] = [];
  for (const principal of PRINCIPALS) {
    const headers = world.principals[principal]?.headers ?? {};
    const response = await fetch(`${address}/api/v1/sync/events`, { headers, signal: closing.signal });
    const isOut = principal === 'anonymous' || principal === 'disabled';
    if (response.status !== (isOut ? 401 : 200)) faults.push(`events as ${principal}: ${response.status}`);
    const frames = { text: '' };
    heard.set(principal, frames);
    if (response.status === 200 && response.body) reading.push(collect(response.body, frames));
  }
  await sleep(SETTLE_MS);
  for (const name of PROJECTS) await changeSomethingIn(world, name);
  await sleep(SETTLE_MS);
  for (const [principal, { text }] of heard) checkFrames(world, principal, text, faults);
  closing.abort();
  await Promise.all(reading);
  return { cases: heard.size * PROJECTS.length, faults };
}

async function collect(body: ReadableStream<Uint8Array>, into: { text: string }): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) into.text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}

async function changeSomethingIn(world: World, name: (typeof PROJECTS)[number]): Promise<void> {
  const as = world.principals[name === 'foreign' ? 'stranger' : 'owner'];
  const { project } = world.projects[name];
  if (!as) return;
  // Color and place can change in an archived project too; one in the trash must come back for it.
  if (name === 'trashed') await world.app.call('POST', `/projects/${project}/restore`, { as });
  const { status } = await world.app.call('PATCH', `/projects/${project}`, { as, body: { color: 'ruby' } });
  if (name === 'trashed') await world.app.call('DELETE', `/projects/${project}`, { as });
  if (status !== 200) throw new Error(`changing ${name}: ${status}`);
}

function checkFrames(world: World, principal: PrincipalName, text: string, faults: string[]): void {
  const readable = readableBy(principal);
  for (const group of canariesIn(text)) if (!readable.has(group)) faults.push(`events as ${principal} show ${group}`);
  const isOut = principal === 'anonymous' || principal === 'disabled';
  for (const name of PROJECTS) {
    const isTold = text.includes(world.projects[name].project);
    const expected = !isOut && roleIn(principal, name) !== undefined;
    if (isTold !== expected) faults.push(`events as ${principal}: ${expected ? 'nothing' : 'something'} of ${name}`);
  }
}
