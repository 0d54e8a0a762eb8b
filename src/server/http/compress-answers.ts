import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { acceptedEncodings, type Encoding } from './accepted-encoding.ts';
import type { App } from './type-provider.ts';

/**
 * Characters. What is shorter gains little; and answers of this length hold no secret of a session beside text of
 * somebody else, whose length would tell of it when compressed (BREACH).
 */
const LEAST = 16_384;

/** The quickest settings: a megabyte takes 6 to 14 ms, on another thread, and shrinks to a fifth. */
const COMPRESS: Readonly<Record<Encoding, (text: string) => Promise<Buffer>>> = {
  br: (text) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (text) => promisify(gzip)(text, { level: 1 }),
};

/** Compresses long answers, such as a first synchronisation, for clients that take it. */
export function compressAnswers(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < LEAST || request.method === 'HEAD') return payload;
    const vary = reply.getHeader('vary');
    reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
    const [encoding] = acceptedEncodings(request.headers['accept-encoding']);
    if (!encoding) return payload;
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return COMPRESS[encoding](payload);
  });
}
