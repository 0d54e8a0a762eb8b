import { once } from 'node:events';
import { createServer } from 'node:net';

/** A loopback port that nobody listens on now; somebody may take it before you do, though rarely. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No free port on loopback.');
  return address.port;
}
