import type { ServerContext } from '#server/context.ts';
import type { Db } from '#server/db/database.ts';

export type AuditAction =
  | 'account.created'
  | 'account.email_changed'
  | 'account.password_changed'
  | 'backup.failed'
  | 'backup.made'
  | 'login.succeeded'
  | 'login.failed'
  | 'session.ended'
  | 'session.revoked'
  | 'session.token_reused';

/** Who did what and when, in the same transaction as the deed: without its record it does not happen. */
export async function writeAudit(
  db: Db,
  { newId, clock }: Pick<ServerContext, 'newId' | 'clock'>,
  event: {
    readonly action: AuditAction;
    readonly userId: string | null;
    readonly ip: string | null;
    readonly detail?: Readonly<Record<string, string | number | boolean>>;
  },
): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      id: newId(),
      at: clock.now(),
      user_id: event.userId,
      action: event.action,
      ip: event.ip,
      detail: JSON.stringify(event.detail ?? {}),
    })
    .execute();
}
