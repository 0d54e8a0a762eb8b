import type { Database } from '#server/db/database.ts';
import { derivedUid } from '#server/rest/change.ts';

const CHUNK = 50;

/** The mutations of the request that began with `uid`, in their order; itself, when nothing is known of it. */
export async function listMutationsOfRequest(database: Database, uid: string): Promise<string[]> {
  const found: string[] = [];
  for (let n = 0; ; n += CHUNK) {
    const wanted = Array.from({ length: CHUNK }, (_, i) => derivedUid(uid, n + i));
    const rows = await database.reader.selectFrom('mutation').select('uid').where('uid', 'in', wanted).execute();
    const known = new Set(rows.map((row) => row.uid));
    found.push(...wanted.filter((each) => known.has(each)));
    if (known.size < CHUNK) return found.length > 0 ? found : [uid];
  }
}
