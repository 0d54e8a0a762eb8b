import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * A backup is one tar file, the same for both engines (docs/adr/0017-backups.md):
 *
 *     tend-backup.json            what made it, and the tables with their columns
 *     data/<table>/00001.ndjson.gz   rows in the order of their key, each a JSON array in the order of the columns
 *     secret.key                  only when asked for
 *     manifest.json               the first file again, with every file's size and SHA-256, every table's too
 *     manifest.sha256             of manifest.json, as `sha256sum -c` reads it
 *
 * Files of attachments have their place between the tables and the manifest: `files/<sha256>`.
 */
export const FORMAT = 1;
export const HEAD_NAME = 'tend-backup.json';
export const MANIFEST_NAME = 'manifest.json';
export const MANIFEST_SUM_NAME = 'manifest.sha256';
export const SECRET_NAME = 'secret.key';

const TableShapeSchema = Type.Object({
  name: Type.String(),
  /** Sorted by name, so that both engines write the same. */
  columns: Type.Array(Type.String()),
  key: Type.Array(Type.String()),
});
export type TableShape = Static<typeof TableShapeSchema>;

const headProperties = {
  format: Type.Integer(),
  /** Version of Tend. */
  app: Type.String(),
  createdAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  engine: Type.Union([Type.Literal('sqlite'), Type.Literal('postgres')]),
  instance: Type.String(),
  epoch: Type.String(),
  /** The schema: every migration that the database had had. */
  migrations: Type.Array(Type.String()),
};

const HeadSchema = Type.Object({ ...headProperties, tables: Type.Array(TableShapeSchema) });
export type ArchiveHead = Static<typeof HeadSchema>;

const ManifestSchema = Type.Object({
  ...headProperties,
  tables: Type.Array(
    Type.Object({
      ...TableShapeSchema.properties,
      rows: Type.Integer(),
      /** Of the lines of the table, before compression: equal for equal content, whatever the engine. */
      sha256: Type.String(),
    }),
  ),
  files: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer(), sha256: Type.String() })),
});
export type Manifest = Static<typeof ManifestSchema>;
export type TableTotals = Manifest['tables'][number];

const head = Compile(HeadSchema);
const manifest = Compile(ManifestSchema);

/** Undefined when the text is not what this format has there. */
export function parseHead(text: string): ArchiveHead | undefined {
  return parse(text, (value) => head.Check(value));
}

export function parseManifest(text: string): Manifest | undefined {
  return parse(text, (value) => manifest.Check(value));
}

/** The format of a file of any version; undefined when it has none. */
export function parseFormat(text: string): number | undefined {
  return parse<{ format: number }>(
    text,
    (value): boolean => typeof value === 'object' && value !== null && Number.isInteger(Reflect.get(value, 'format')),
  )?.format;
}

function parse<T>(text: string, isValid: (value: unknown) => boolean): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

export function partName(table: string, part: number): string {
  return `data/${table}/${String(part).padStart(5, '0')}.ndjson.gz`;
}

/** The table whose rows a file holds. */
export function tableOfPart(name: string): string | undefined {
  return /^data\/([a-z_]+)\/\d{5,}\.ndjson\.gz$/.exec(name)?.[1];
}

export function manifestSum(text: Buffer): Buffer {
  return Buffer.from(`${sha256(text)}  ${MANIFEST_NAME}\n`);
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Times in a tar are whole seconds. */
export function mtimeOf({ createdAt }: Pick<ArchiveHead, 'createdAt'>): number {
  return Math.floor(Date.parse(createdAt) / 1000);
}
