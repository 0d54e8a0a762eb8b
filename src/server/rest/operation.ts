import { Type } from 'typebox';
import { Id } from '#core/schema.ts';
import type { Authz } from '#server/http/policy.ts';

/** `{id}` of a path. */
export const IdParams = Type.Object({ id: Id }, { additionalProperties: false });

export const Nothing = Type.Null({ description: 'Done' });

/** Routes of one resource, each open to everybody who has logged in; core decides about the object. */
export function authzFor(resource: string) {
  return (action: string, idParams: readonly string[] = []): { readonly authz: Authz } => ({
    authz: { access: 'user', resource, action, idParams },
  });
}
