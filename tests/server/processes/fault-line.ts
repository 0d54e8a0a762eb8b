import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server of this machine that can fall silent without anybody hanging up. */
export interface FaultLine extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing arrives, in both directions; connections stay open, new ones open too. */
  silence(): void;
  restore(): void;
}

export async function openFaultLine(target: number): Promise<FaultLine> {
  let silent = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data: Buffer) => {
        // What was lost is lost: a line that delivers later would be a slow one.
        if (!silent) to.write(data);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    silence() {
      silent = true;
    },
    restore() {
      silent = false;
      // Nobody can make sense of a stream with a hole.
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
