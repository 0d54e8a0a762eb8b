import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '#server/http/policy.ts';
import { type Changed, lastWritten } from '#server/rest/change.ts';
import type { ServerContext } from '#server/context.ts';
import { sendRevised } from '#server/rest/revision.ts';
import { getTask } from './task-place.ts';
import { presentTask, type WireTask } from './task-wire.ts';

/** The task after a change; read again where the write path did not write it for this request. */
export async function sendChangedTask(
  ctx: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: Changed,
  id: string,
): Promise<WireTask> {
  const task = lastWritten(changed, 'task', id) ?? (await getTask(ctx, principalOf(request).userId, id));
  return sendRevised(reply, presentTask(task));
}
