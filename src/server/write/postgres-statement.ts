import type { PoolClient, QueryResult } from 'pg';

const names = new Map<string, string>();

/** Beyond this many the rest are sent unnamed: connections would hoard plans. */
const NAMES_MAX = 300;

/** A statement that each connection prepares once. */
function named(text: string): { readonly name?: string; readonly text: string } {
  let name = names.get(text);
  if (!name && names.size < NAMES_MAX) {
    name = `w${names.size}`;
    names.set(text, name);
  }
  return { text, ...(name && { name }) };
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Sends all statements at once and waits for all answers: one round trip. After the first that fails the server
 * refuses the rest of the transaction, COMMIT included.
 */
export async function sendTogether(
  client: Pick<PoolClient, 'query'>,
  statements: readonly Statement[],
): Promise<QueryResult[]> {
  const answers = await Promise.allSettled(
    statements.map(({ text, values }) => client.query({ ...named(text), values: [...values] })),
  );
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
}
