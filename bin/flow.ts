#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { homeFolder, projectFolder } from './project-folders.ts';

// halves the start of every command but the first; what is imported statically would be loaded before it is on
enableCompileCache(join(projectFolder, 'node_modules/.cache/flow'));
const { main } = await import('../lib/cli/main.ts');
const { loadSettings } = await import('./env-file.ts');
const { processTerminal } = await import('./process-terminal.ts');

process.exitCode = await main(process.argv.slice(2), {
  terminal: processTerminal(),
  async openWorld(request) {
    const folders = { home: homeFolder(process.cwd()), project: projectFolder };
    loadSettings(folders.home);
    if (request.environment.runsOn === 'engine') {
      return await (await import('./local-world.ts')).openLocalWorld(request, folders);
    }
    return await (await import('./cloud-world.ts')).openCloudWorld(request, folders);
  },
});
