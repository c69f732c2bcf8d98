import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where something lies, for people: a path below the home folder as one would type it, anything else as it is. */
export function formatPlace(url: string, homeFolder: string): string {
  if (!url.startsWith('file:')) return url;
  const path = fileURLToPath(url);
  const fromHere = relative(homeFolder, path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
}

/** `2026-11-20 06:33` from a version such as `20261120T063301Z-…`; the version itself when it begins otherwise. */
export function formatVersionTime(version: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(version);
  if (!parts) return version;
  const [, year, month, day, hour, minute] = parts;
  return `${year}-${month}-${day} ${hour}:${minute}`;
}
