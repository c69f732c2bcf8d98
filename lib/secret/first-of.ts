import type { SecretSource } from './secret-source.ts';

/** Asks the first source and, where it has no value, the second; whose `get` says what is missing. */
export function firstOf(first: SecretSource, second: SecretSource): SecretSource {
  return {
    find: async (name) => (await first.find(name)) ?? (await second.find(name)),
    get: async (name) => (await first.find(name)) ?? (await second.get(name)),
  };
}
