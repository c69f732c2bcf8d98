import type { BigIntStats } from 'node:fs';

/** Identity of one written file: another write has another inode, a later time, or both. */
export function etagOf(stats: BigIntStats): string {
  return `${stats.ino.toString(36)}-${stats.mtimeNs.toString(36)}-${stats.size.toString(36)}`;
}
