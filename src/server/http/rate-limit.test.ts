import { expect, test } from 'vitest';
import { createTestApp } from '#tests/support/test-app.ts';
import { networkOf } from './rate-limit.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('an account has so many requests a minute, and others are not concerned', async () => {
  await using app = await createTestApp({ limits: { apiPerMinute: 10 } });
  const ann = await app.signUp('ann');
  const bob = await app.signUp('bob');
  for (let i = 0; i < 10; i++) expect((await app.call('GET', '/me', { as: ann })).status).toBe(200);
  const refused = await app.call('GET', '/me', { as: ann });
  expect([refused.status, refused.body['code']]).toEqual([429, 'rate_limited']);
  const wait = Number(refused.headers['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await app.call('GET', '/me', { as: bob })).status).toBe(200);
});

test('guessing tokens is limited by address', async () => {
  await using app = await createTestApp({ limits: { apiPerMinute: 10 } });
  const guess = () => app.call('GET', '/me', { headers: { authorization: 'Bearer a.b.c' } });
  for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401);
  expect((await guess()).status).toBe(429);
});

test('whoever watches over the process is never refused', async () => {
  await using app = await createTestApp({ limits: { apiPerMinute: 2 } });
  for (let i = 0; i < 10; i++) {
    expect((await app.app.inject('/healthz')).statusCode).toBe(200);
    expect((await app.app.inject('/readyz')).statusCode).toBe(200);
  }
});
