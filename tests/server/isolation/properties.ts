import { MUTATORS } from '#core/mutators.ts';
import { ROW_SCHEMAS } from '#core/rows.ts';
import { hashDatabase } from './database-hash.ts';
import { fullRequests } from './foreign-ids.ts';
import { type MatrixReport, send } from './matrix.ts';
import { MUTATIONS } from './mutations.ts';
import { answeredFields, describedOperations } from './openapi.ts';
import { push } from './push-matrix.ts';
import type { World } from './world.ts';

/** Names that attackers try besides what answers show. */
const TEMPTING = ['scopeId', 'isAdmin', 'instanceRole', 'passwordHash', 'status', 'actor', 'source', 'constructor'];

/** Sends every field that an answer has to every route that does not take it: refused, with its path. */
export async function runExtraFields(world: World): Promise<MatrixReport> {
  const faults: string[] = [];
  let cases = 0;
  const full = fullRequests(world);
  const fields = [...answeredFields(world), ...TEMPTING];
  const before = await hashDatabase(world.app.database);
  for (const { route, body } of describedOperations(world)) {
    const wanted = full.get(route);
    if (!body?.properties || !wanted) continue;
    for (const field of fields) {
      if (Object.hasOwn(body.properties, field)) continue;
      cases++;
      const given = { ...(wanted.body as object), [field]: 'x' };
      const answer = await send(world, route, 'owner', { path: wanted.path, body: given });
      const errors = (answer.body as { errors?: readonly { path: string }[] }).errors ?? [];
      const isNamed = errors.some(({ path }) => path === `/${field}`);
      if (answer.status !== 422 || !isNamed) faults.push(`${route} with ${field}: ${answer.status}`);
    }
  }
  if ((await hashDatabase(world.app.database)) !== before) faults.push('an extra field changed the database');
  return { cases, faults };
}

/** The same for every mutator and every column that there is. */
export async function runExtraArguments(world: World): Promise<MatrixReport> {
  const faults: string[] = [];
  const { newId } = world.app.context;
  const columns = new Set(Object.values(ROW_SCHEMAS).flatMap((schema) => Object.keys(schema.properties)));
  const sent = MUTATORS.filter((mutator) => !mutator.serverOnly).flatMap(({ name, args: schema }) => {
    const each = MUTATIONS[name];
    if (!each || each.on === 'server') return [];
    const args =
      each.on === 'project'
        ? each.args(world.projects.shared, newId)
        : each.on === 'belonging'
          ? each.args(world.own.owner, newId)
          : each.args(newId);
    return [...columns, ...TEMPTING]
      .filter((column) => !Object.hasOwn(schema.properties, column))
      .map((column) => ({ name, args: { ...args, [column]: null }, column }));
  });
  const before = await hashDatabase(world.app.database, { refusals: true });
  const outcomes = await push(
    world,
    'owner',
    sent.filter(({ column }) => column !== 'constructor'),
    faults,
  );
  for (const [i, each] of sent.filter(({ column }) => column !== 'constructor').entries()) {
    const code = outcomes === 401 ? undefined : outcomes[i]?.code;
    if (code !== 'validation_failed') faults.push(`${each.name} with ${each.column}: ${code ?? 'accepted'}`);
  }
  if ((await hashDatabase(world.app.database, { refusals: true })) !== before)
    faults.push('an extra argument changed the database');
  return { cases: sent.length, faults };
}
