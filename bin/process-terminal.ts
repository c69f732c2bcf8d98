import type { OutputStream, Terminal } from '../lib/cli/terminal.ts';

/** The terminal (or pipes) of this process. A reader that hangs up, such as `head`, is no error. */
export function processTerminal(): Terminal {
  goOnWithoutReader(process.stdout);
  goOnWithoutReader(process.stderr);
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt(listener) {
      // SIGTERM is the Ctrl-C of those without a keyboard: containers, service managers
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
      return {
        [Symbol.dispose]() {
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener);
        },
      };
    },
  };
}

/** What runs goes on: whoever reads only the first lines of a run does not mean to abort it. */
function goOnWithoutReader(stream: OutputStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}
