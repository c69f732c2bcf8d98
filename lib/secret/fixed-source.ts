import { SecretMissingError, type SecretSource } from './secret-source.ts';

/** A source that knows exactly these names: for settings that a command computes, and for tests. */
export function fixedSource(values: Readonly<Record<string, string | undefined>>): SecretSource {
  const find = async (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  return {
    find,
    async get(name) {
      const value = await find(name);
      if (value !== undefined) return value;
      throw new SecretMissingError(`'${name}' has no value; known names: ${Object.keys(values).join(', ') || 'none'}`);
    },
  };
}
