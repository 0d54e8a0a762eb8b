import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#tests/support/free-port.ts';
import { createCaller } from './caller.ts';
import { programPath, startProgram } from './program.ts';

/** A proxy of deploy/ in front of these ports. Only addresses and paths of the file are replaced. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** The certificate that it shows, which signs itself. */
  readonly ca: string;
}

export type ProxyName = 'nginx' | 'haproxy';

export async function startProxy(name: ProxyName, ports: readonly number[]): Promise<Proxy> {
  const directory = await mkdtemp(join(tmpdir(), `tend-${name}-`));
  const [plain, secure] = [await freePort(), await freePort()];
  const ca = await makeCertificate(directory);
  const place = { directory, plain, secure, ports };
  const args = name === 'nginx' ? await nginxArguments(place) : await haproxyArguments(place);
  const url = `https://localhost:${secure}`;
  const caller = createCaller({ url, ca });
  const answers = (): Promise<boolean> =>
    caller.call('GET', '/readyz').then(
      ({ status }) => status === 200,
      () => false,
    );
  const program = await startProgram(programPath(name), args, answers);
  caller.close();
  return {
    url,
    ca,
    async [Symbol.asyncDispose]() {
      // A master of nginx that is killed leaves its workers behind.
      await program.end('SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Place {
  readonly directory: string;
  readonly plain: number;
  readonly secure: number;
  readonly ports: readonly number[];
}

async function nginxArguments({ directory, plain, secure, ports }: Place): Promise<string[]> {
  const site = edit(await readDeployed('nginx.conf'), [
    [/^ +listen \[::\].*\n/gm, ''],
    [/listen 80;/, `listen 127.0.0.1:${plain};`],
    [/listen 443 ssl/, `listen 127.0.0.1:${secure} ssl`],
    [/tasks\.example\.org;/g, 'localhost;'],
    [/\/etc\/letsencrypt\/\S+\/fullchain\.pem/, join(directory, 'certificate.pem')],
    [/\/etc\/letsencrypt\/\S+\/privkey\.pem/, join(directory, 'key.pem')],
    [/^( +server 127\.0\.0\.1:)8000( .*;\n)/m, (_, head, tail) => ports.map((port) => head + port + tail).join('')],
  ]);
  await mkdir(join(directory, 'temporary'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(directory, 'temporary', kind)};`)
    .join('\n');
  const main = [
    'daemon off;',
    'worker_processes 2;',
    // Files of the test belong to whoever runs it.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${join(directory, 'nginx.pid')};`,
    'error_log stderr warn;',
    'events { worker_connections 4096; }',
    `http {\naccess_log off;\n${temporary}\n${site}\n}`,
  ].join('\n');
  const path = join(directory, 'nginx.conf');
  await writeFile(path, main);
  return ['-c', path, '-p', directory];
}

async function haproxyArguments({ directory, plain, secure, ports }: Place): Promise<string[]> {
  const [certificate, key] = await Promise.all(
    ['certificate.pem', 'key.pem'].map((name) => readFile(join(directory, name), 'utf8')),
  );
  await writeFile(join(directory, 'both.pem'), `${certificate}${key}`);
  const text = edit(await readDeployed('haproxy.cfg'), [
    [/bind :80$/m, `bind 127.0.0.1:${plain}`],
    [/bind :443 ssl crt \S+/, `bind 127.0.0.1:${secure} ssl crt ${join(directory, 'both.pem')}`],
    [/^( +server tend(\d) 127\.0\.0\.1:)\d+$/gm, (_, head, number) => `${head}${ports[Number(number) - 1]}`],
  ]);
  const path = join(directory, 'haproxy.cfg');
  await writeFile(path, text);
  return ['-db', '-f', path];
}

function readDeployed(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url)), 'utf8');
}

type Change = readonly [pattern: RegExp, by: string | ((...match: string[]) => string)];

/** Every change has to find its place, or the test would be about another file. */
function edit(text: string, changes: readonly Change[]): string {
  return changes.reduce((before, [pattern, by]) => {
    const after = before.replace(pattern, by as string);
    if (after === before) throw new Error(`Nothing in the file is like ${pattern}.`);
    return after;
  }, text);
}

async function makeCertificate(directory: string): Promise<string> {
  const path = join(directory, 'certificate.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(directory, 'key.pem'), '-out', path];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...subject, ...files], { stdio: 'pipe' });
  return readFile(path, 'utf8');
}
