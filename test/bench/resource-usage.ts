import { writeFileSync } from 'node:fs';

// preloaded with --import into a program that is measured: writes what it has used when it ends
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { peakMiB: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  writeFileSync(process.env.RESOURCE_USAGE_FILE ?? '', JSON.stringify(usage));
});
