import { DEVICE_MUTATORS } from './device-mutators.ts';
import type { Mutator } from './mutation/mutator.ts';
import { addMember, refreshMember } from './projects/member-mutators.ts';
import { provisionUser } from './users/user-mutators.ts';

/** Every mutator there is: the complete list of ways in which data can change. The first know of accounts. */
export const MUTATORS: readonly Mutator[] = [provisionUser, addMember, refreshMember, ...DEVICE_MUTATORS];

const byKey: ReadonlyMap<string, Mutator> = new Map(MUTATORS.map((mutator) => [mutator.key, mutator]));

/** The mutator of a wire name such as `task.create@1`. */
export function findMutator(key: string): Mutator | undefined {
  return byKey.get(key);
}
