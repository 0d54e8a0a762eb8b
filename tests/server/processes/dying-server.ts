import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process of Tend that looks well to its balancer, and dies over every request. */
export interface DyingServer extends AsyncDisposable {
  readonly port: number;
  /** How many POST requests it got: looking at the tasks is safe to repeat, and not counted. */
  deaths(): number;
}

export async function startDyingServer(): Promise<DyingServer> {
  let deaths = 0;
  const server = createServer((request, response) => {
    if (request.url === '/readyz') return void response.end();
    if (request.method === 'POST') deaths++;
    request.socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    deaths: () => deaths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
