import { join } from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { Architecture, Code } from 'aws-cdk-lib/aws-lambda';
import type { Flow } from '../flow/flow.ts';
import { bundleKey, bundleTasks } from './bundle.ts';
import { nativePackages } from './native-packages.ts';
import type { CodeSource } from './resources.ts';

/**
 * The project's own code: every task bundled at once, and the native packages that bundles leave out.
 *
 * @throws {UsageError} the native packages are neither installed here nor to be had
 */
export function projectCode(
  flows: readonly Flow[],
  options: { projectFolder: string; architecture: Architecture },
): CodeSource {
  const { projectFolder, architecture } = options;
  const bundles = bundleTasks(flows, {
    projectFolder,
    outputFolder: join(projectFolder, 'node_modules/.cache/data-flows/bundles'),
  });
  return {
    ofTask: (flow, taskName) => {
      const bundle = bundles.get(bundleKey(flow, taskName));
      if (!bundle) throw new Error(`the task '${taskName}' of flow '${flow.name}' was not bundled`);
      return {
        code: asset(bundle.folder, bundle.digest),
        version: bundle.digest.slice(0, 16),
        needsNativeLayer: bundle.needsNativeLayer,
      };
    },
    ofNativeLayer: () => {
      const cpu = architecture === Architecture.ARM_64 ? 'arm64' : 'x64';
      const { folder, digest } = nativePackages({ cpu, projectFolder });
      return asset(folder, digest);
    },
  };
}

/** Known by the digest given: CDK need not read tens of megabytes to find one. */
function asset(folder: string, digest: string): Code {
  return Code.fromAsset(folder, { assetHashType: AssetHashType.CUSTOM, assetHash: digest });
}
