import { inspect } from 'node:util';
import type { Endpoint } from '../lib/cli/world.ts';
import type { LocalService } from '../lib/engine/service/open-service.ts';

/** The Step Functions API on a port of the loopback interface; the code for it is loaded only here. */
export async function openEndpoint(service: LocalService, port: number): Promise<Endpoint> {
  const { createApp } = await import('../lib/console/app.ts');
  const { listen } = await import('../lib/console/server.ts');
  const onBug = (error: unknown) => void process.stderr.write(`this is a bug in data-flows\n${inspect(error)}\n`);
  const server = await listen(createApp({ service, onBug }), port);
  return {
    url: server.url,
    async close(reason) {
      await server.close();
      await service.stopAll(reason);
    },
  };
}
