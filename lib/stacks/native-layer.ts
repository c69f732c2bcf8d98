import { Stack } from 'aws-cdk-lib';
import { type ILayerVersion, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EnvironmentResources } from './resources.ts';

const id = 'NativeLayer';

/** The layer with native packages of the stack that `scope` is in; made when the first task of the stack needs it. */
export function nativeLayer(scope: Construct, { architecture, code }: EnvironmentResources): ILayerVersion {
  const stack = Stack.of(scope);
  const made = stack.node.tryFindChild(id);
  if (made instanceof LayerVersion) return made;
  return new LayerVersion(stack, id, {
    description: 'packages with native code, in the versions of the lockfile',
    code: code.ofNativeLayer(),
    compatibleArchitectures: [architecture],
    compatibleRuntimes: [Runtime.NODEJS_24_X],
  });
}
