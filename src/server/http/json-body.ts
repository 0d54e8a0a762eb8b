import type { App } from './type-provider.ts';
import { DomainError, validationFailed } from '#core/errors.ts';

/** More structure than any request of ours has; walking it must stay cheap. */
const DEPTH_MAX = 64;
const NODES_MAX = 100_000;
/** Fields of one object: ours have a few dozen. Naming each unknown one would take a second for 100,000. */
const KEYS_MAX = 1_000;
/** Fields of all objects together: a batch of 500 mutations has half as many. Parsing far more takes 100 ms. */
const FIELDS_MAX = 25_000;
/** A shorter body has no room for so many: `"":0,` is the least a field takes. */
const ROOM_FOR_FIELDS = FIELDS_MAX * 5;
const UNSTORABLE = 'must not contain the character NUL or half of a surrogate pair';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const JSON_TYPE = /^application\/json(?:\s*;\s*charset=(?:utf-8|"utf-8"))?$/i;

/** JSON in UTF-8 and nothing else, and of it only what both databases can keep byte for byte. */
export function installJsonBody(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
        throw new DomainError('unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
      }
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

export function parseJsonBody(body: Uint8Array): unknown {
  if (body.length > ROOM_FOR_FIELDS) assertFewFields(body);
  let text: string;
  try {
    text = utf8.decode(body);
  } catch (cause) {
    throw new DomainError('malformed_request', 'The body is not UTF-8.', {}, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DomainError('malformed_request', `The body is not JSON: ${(cause as Error).message}`, {}, { cause });
  }
  assertHarmless(value);
  return value;
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];

/** Counts the colons outside strings before anything is built from the body. */
function assertFewFields(body: Uint8Array): void {
  let fields = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH && inString) i++;
    else if (byte === COLON && !inString && ++fields > FIELDS_MAX) {
      throw new DomainError('malformed_request', `The body has more than ${FIELDS_MAX} fields.`);
    }
  }
}

interface Container {
  readonly value: object;
  readonly path: string;
}

/** Breadth first and without recursion: the depth of the input must not become the depth of our stack. */
export function assertHarmless(root: unknown): void {
  if (typeof root === 'string' && !isStorable(root)) throw validationFailed('', UNSTORABLE);
  if (typeof root !== 'object' || root === null) return;
  let nodes = 0;
  let level: Container[] = [{ value: root, path: '' }];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) {
      throw new DomainError('malformed_request', `The body is nested more than ${DEPTH_MAX} deep.`);
    }
    const next: Container[] = [];
    for (const container of level) {
      nodes += sizeOf(container.value);
      // Before looking inside: looking at half a million values is what has to be avoided.
      if (nodes > NODES_MAX) {
        throw new DomainError('malformed_request', `The body has more than ${NODES_MAX} values.`);
      }
      collectChildren(container, next);
    }
    level = next;
  }
}

function sizeOf(value: object): number {
  if (Array.isArray(value)) return value.length;
  const size = Object.keys(value).length;
  if (size > KEYS_MAX) throw new DomainError('malformed_request', `An object has more than ${KEYS_MAX} fields.`);
  return size;
}

/** Checks what is directly inside and puts the containers among it into `found`. */
function collectChildren({ value, path }: Container, found: Container[]): void {
  const isArray = Array.isArray(value);
  for (const [key, child] of Object.entries(value) as [string, unknown][]) {
    if (!isArray) assertHarmlessKey(key, path);
    if (typeof child === 'string') {
      if (!isStorable(child)) throw validationFailed(pointer(path, key), UNSTORABLE);
    } else if (typeof child === 'object' && child !== null) {
      found.push({ value: child, path: pointer(path, key) });
    }
  }
}

function assertHarmlessKey(key: string, path: string): void {
  // `constructor.prototype` and `__proto__` reach every object of the process when something merges them carelessly.
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
    throw validationFailed(pointer(path, key), 'is a name that no field can have');
  }
  if (!isStorable(key)) throw validationFailed(path, UNSTORABLE);
}

export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function pointer(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
