/** Best first. */
const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The encodings of `Accept-Encoding` that Tend knows, best first (RFC 9110 §12.5.3; weights but 0 are ignored). */
export function acceptedEncodings(header: string | string[] | undefined): Encoding[] {
  const accepted = String(header ?? '').split(',');
  return ENCODINGS.filter((encoding) =>
    accepted.some((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    }),
  );
}
