import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EventStream, formatEvent } from './event-stream.ts';

const principal = {
  userId: 'u',
  sessionId: 's',
  username: 'ana',
  displayName: 'Ana',
  instanceRole: 'user',
  expiresAt: 0,
} as const;
const frame = formatEvent({ type: 'poke', scopes: ['p:'.padEnd(16_000, '0')] });

async function openStream(): Promise<{ response: ServerResponse; socket: Socket } & AsyncDisposable> {
  const responses = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200);
    response.flushHeaders();
    responses.resolve(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const response = await responses.promise;
  return {
    response,
    socket,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a reader that does not read is dropped before 256 KiB wait for it', async () => {
  await using opened = await openStream();
  opened.socket.pause();
  const stream = new EventStream(principal, opened.response, new Set());
  let most = 0;
  for (let sent = 0; sent < 5_000 && !opened.response.destroyed; sent++) {
    stream.send(frame);
    most = Math.max(most, opened.response.writableLength);
    await nextTurn();
  }
  expect(opened.response.destroyed).toBe(true);
  expect(most).toBeLessThanOrEqual(256 * 1024);
});

test('a reader that reads may receive any amount', async () => {
  await using opened = await openStream();
  let received = 0;
  opened.socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  const stream = new EventStream(principal, opened.response, new Set());
  for (let sent = 0; sent < 200; sent++) {
    stream.send(frame);
    while (opened.response.writableLength > 64 * 1024) await nextTurn();
  }
  await expect.poll(() => received, { timeout: 5_000 }).toBeGreaterThan(200 * frame.length);
  expect(opened.response.destroyed).toBe(false);
});
