import { isAbsolute, relative, resolve } from 'node:path';

/** Folder that holds `state-machines/` and `functions/`. */
export const projectFolder = resolve(import.meta.dirname, '..');

/** Where a command works. */
export interface Folders {
  /** Holds `.flow/` and `.env`. */
  readonly home: string;
  readonly project: string;
}

/** The project itself for whoever works anywhere inside it, else the current folder: a scratch place of its own. */
export function homeFolder(currentFolder: string): string {
  const inside = relative(projectFolder, currentFolder);
  return inside.startsWith('..') || isAbsolute(inside) ? currentFolder : projectFolder;
}
