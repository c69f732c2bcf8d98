import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { sdkError } from './service-error.ts';
import type { TaskResource } from './task-resource.ts';

/**
 * `aws-sdk:ssm:getParameter` and `getParameters` on named texts of this process.
 *
 * For settings only: what a state reads stands in its history, where no secret may be.
 *
 * @param find undefined when there is no parameter of that name
 */
export function ssmResources(
  find: (name: string) => Promise<string | undefined>,
): Record<'aws-sdk:ssm:getParameter' | 'aws-sdk:ssm:getParameters', TaskResource> {
  return {
    'aws-sdk:ssm:getParameter': {
      async call({ parameters }) {
        const name = isJsonObject(parameters) ? String(parameters.Name) : '';
        const value = await find(name);
        if (value !== undefined) return { Parameter: parameterOf(name, value) };
        const message = `Parameter ${name} not found.`;
        throw sdkError({ service: 'Ssm', error: 'Ssm.ParameterNotFoundException', message });
      },
    },
    'aws-sdk:ssm:getParameters': {
      async call({ parameters }) {
        const names = isJsonObject(parameters) && Array.isArray(parameters.Names) ? parameters.Names.map(String) : [];
        const values = await Promise.all(names.map(async (name) => ({ name, value: await find(name) })));
        return {
          Parameters: values.flatMap(({ name, value }): Json[] =>
            value === undefined ? [] : [parameterOf(name, value)],
          ),
          InvalidParameters: values.flatMap(({ name, value }) => (value === undefined ? [name] : [])),
        };
      },
    },
  };
}

function parameterOf(name: string, value: string): JsonObject {
  return { Name: name, Type: 'String', Value: value, Version: 1, DataType: 'text' };
}
