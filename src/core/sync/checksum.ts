/**
 * 32-bit FNV-1a over `<id>:<rev>` (http://www.isthe.com/chongo/tech/comp/fnv/). A scope's checksum is the sum
 * of these over its rows modulo 2^32, so that a write can maintain it from the rows it touched.
 */
export function rowHash(id: string, rev: number): number {
  const text = `${id}:${rev}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export function addToChecksum(sum: number, id: string, rev: number): number {
  return (sum + rowHash(id, rev)) >>> 0;
}

export function removeFromChecksum(sum: number, id: string, rev: number): number {
  return (sum - rowHash(id, rev)) >>> 0;
}
