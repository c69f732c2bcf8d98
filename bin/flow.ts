#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../lib/cli/main.ts';
import { processTerminal } from './process-terminal.ts';
import { homeFolder, projectFolder } from './project-folders.ts';

const home = homeFolder(process.cwd());
const envFile = join(home, '.env');
// what the process has been given already wins over the file
if (existsSync(envFile)) process.loadEnvFile(envFile);

process.exitCode = await main(process.argv.slice(2), {
  terminal: processTerminal(),
  async openWorld(request) {
    const folders = { home, project: projectFolder };
    if (request.environment.runsOn === 'engine') {
      return await (await import('./local-world.ts')).openLocalWorld(request, folders);
    }
    return await (await import('./cloud-world.ts')).openCloudWorld(request, folders);
  },
});
