const MIB = 1_048_576;

/** Texts that have broken something somewhere. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\ufeff',
  '\u202egnp.exe',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  'ﷺ'.repeat(100),
  'A'.repeat(501),
  'A'.repeat(50_001),
  '\u0301'.repeat(5_000),
  "' or 1=1 --",
  '"; drop table task; --',
  '") OR words:*',
  'NEAR(a b)',
  '* AND -a:(',
  "'&!<->:*'",
  '%00',
  '..%2f..%2fetc%2fpasswd',
  '../../etc/passwd',
  '//evil.example',
  '<script>alert(1)</script>',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e400',
  '9223372036854775808',
  '0x10',
  '2026-02-30',
  '0000-00-00',
  '99:99',
  '24:00',
  'Mars/Olympus',
  'Etc/GMT+99',
  'FREQ=SECONDLY;INTERVAL=0',
  `FREQ=${'A'.repeat(390)}`,
  '019ab000-0000-7000-8000-00000000000',
  '019AB000-0000-7000-8000-000000000001',
  'u:019ab000-0000-7000-8000-000000000001',
  'task,019ab000-0000-7000-8000-000000000001',
  'W/"1"',
  '"999999999999999999999"',
  '\r\nset-cookie: a=b',
];

export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -0,
  0.1,
  1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  [],
  {},
  [[]],
  [null],
  Array(1_000).fill(0),
  { toString: 'x', valueOf: 1 },
  { $ref: '#' },
  { length: 1e9 },
  { then: 'x' },
];

export interface RawBody {
  readonly title: string;
  readonly payload: string | Buffer;
  readonly contentType?: string;
  readonly status: number;
}

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const manyKeys = (): string => `{${Array.from({ length: 90_000 }, (_, i) => `"k${i}":0`).join(',')}}`;

/** Bodies that no schema sees, because nothing in them may be looked at. */
export const RAW_BODIES: readonly RawBody[] = [
  { title: 'nothing', payload: '', status: 400 },
  { title: 'half of an object', payload: '{"title":', status: 400 },
  { title: 'bytes that are not UTF-8', payload: Buffer.from([0x22, 0xff, 0xfe, 0x22]), status: 400 },
  { title: 'an overlong encoding', payload: Buffer.from([0x22, 0xc0, 0x80, 0x22]), status: 400 },
  { title: 'UTF-16', payload: Buffer.from('{"title":"x"}', 'utf16le'), status: 400 },
  { title: 'a title with NUL', payload: String.raw`{"title":"a\u0000b"}`, status: 422 },
  { title: 'half of a surrogate pair', payload: String.raw`{"title":"a\ud800b"}`, status: 422 },
  { title: 'half of a surrogate pair as a key', payload: String.raw`{"title":"x","\udc00":1}`, status: 422 },
  { title: '__proto__', payload: '{"title":"x","__proto__":{"admin":true}}', status: 422 },
  { title: 'constructor.prototype', payload: '{"title":"x","constructor":{"prototype":{"admin":true}}}', status: 422 },
  { title: 'a number beyond all', payload: '{"title":"x","duration":1e400}', status: 422 },
  { title: 'a number of a million digits', payload: `{"title":"x","duration":${'9'.repeat(1_000_000)}}`, status: 422 },
  { title: 'arrays 100,000 deep', payload: `{"title":${deep('[', ']', 100_000)}}`, status: 400 },
  { title: 'objects 100,000 deep', payload: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, status: 400 },
  { title: '90,000 keys', payload: manyKeys(), status: 400 },
  { title: 'a title of a million letters', payload: `{"title":"${'A'.repeat(1_000_000)}"}`, status: 422 },
  { title: 'more than one MiB', payload: `{"title":"${'A'.repeat(MIB)}"}`, status: 413 },
  { title: 'duplicate keys', payload: '{"title":"x","title":7}', status: 422 },
  { title: 'an array', payload: '[{"title":"x"}]', status: 422 },
  { title: 'a text', payload: '"title"', status: 422 },
  { title: 'null', payload: 'null', status: 422 },
  { title: 'a form', payload: 'title=x', contentType: 'application/x-www-form-urlencoded', status: 415 },
  { title: 'plain text', payload: '{"title":"x"}', contentType: 'text/plain', status: 415 },
  { title: 'XML', payload: '<title>x</title>', contentType: 'application/xml', status: 415 },
  { title: 'a content type with a tab', payload: '{"title":"x"}', contentType: 'application/json\ta', status: 415 },
  { title: 'a content type with more', payload: '{"title":"x"}', contentType: 'application/jsonx', status: 415 },
  { title: 'another charset', payload: '{"title":"x"}', contentType: 'application/json; charset=utf-7', status: 415 },
];

/** Texts that must come back as they went in. */
export const FAITHFUL_TEXTS: readonly string[] = [
  'שלום עולם, مرحبا',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'e\u0301 is not é',
  '\u202eright to left\u202c',
  'İstanbul ß ﬁ',
  'a\u00a0b\u2003c',
  '<b>&amp;</b> "quotes" \\ / \'',
  '𝕳𝖊𝖑𝖑𝖔',
];
