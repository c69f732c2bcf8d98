import type { OutputStream, Terminal } from '../lib/cli/terminal.ts';

/** The terminal (or pipes) of this process. A reader that hangs up, such as `head`, ends the command quietly. */
export function processTerminal(): Terminal {
  endWhenReaderLeaves(process.stdout);
  endWhenReaderLeaves(process.stderr);
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

function endWhenReaderLeaves(stream: OutputStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
