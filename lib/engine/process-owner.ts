import { readFileSync } from 'node:fs';
import type { ExecutionRecord } from './execution-record.ts';

/** This process, so that another can tell whether it still lives: process ids are used again. */
export function thisProcess(): ExecutionRecord['owner'] {
  return self;
}

/** Whether the process that runs an execution is still there. */
export function isAlive(owner: ExecutionRecord['owner']): boolean {
  if (owner.pid === self.pid && owner.startedAt === self.startedAt) return true;
  if (!exists(owner.pid)) return false;
  const startedAt = startOf(owner.pid);
  return startedAt === undefined || owner.startedAt === '' || startedAt === owner.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, but belongs to someone else
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process started, in the system's own counting; undefined where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the second field is a name in parentheses that may hold spaces; the start is field 22
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // no /proc on this system, or the process has just gone
  }
}

const self: ExecutionRecord['owner'] = { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
