import { createHash } from 'node:crypto';
import { DomainError } from '#core/errors.ts';
import { rankBetween } from '#core/ordering.ts';
import { refreshMember } from '#core/projects/member-mutators.ts';
import { provisionUser } from '#core/users/user-mutators.ts';
import { userScope } from '#core/rows.ts';
import type { AccountEffects, ServerContext } from '#server/context.ts';
import type { WritePath } from './write-path.ts';

type Parts = Pick<ServerContext, 'newId' | 'database'> & { readonly write: Pick<WritePath, 'execute'> };

/** What making an account means for the data that devices see. */
export function createAccountEffects({ write, newId, database }: Parts): AccountEffects {
  return {
    async provision(account, preferences) {
      // Asked at every login: a look costs less than a write that changes nothing.
      const settings = database.reader
        .selectFrom('settings')
        .select('id')
        .where('scope_id', '=', userScope(account.id));
      if (await settings.executeTakeFirst()) return;
      const args = { ...preferences, inboxId: newId(), inboxRank: rankBetween(null, null) };
      const uid = derivedId(`provision ${account.id}`);
      const actor = { userId: account.id, instanceRole: account.role, source: 'job' } as const;
      try {
        await write.execute({ actor, mutations: [{ uid, name: provisionUser.key, args }], atomic: true });
      } catch (error) {
        // "Already set up": by whoever made the account by other means.
        if (!(error instanceof DomainError && error.code === 'conflict')) throw error;
      }
    },
    async renamed(account, projectIds) {
      const actor = { userId: account.id, instanceRole: account.role, source: 'job' } as const;
      // One by one: a name is no reason to lock all projects of a person at once.
      for (const projectId of projectIds) {
        const mutation = { uid: newId(), name: refreshMember.key, args: { projectId } };
        await write.execute({ actor, mutations: [mutation], atomic: false });
      }
    },
  };
}

/** The same id for the same name, in the form of a UUID version 8 (RFC 9562 §5.8). */
export function derivedId(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
