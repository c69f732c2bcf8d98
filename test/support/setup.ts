import 'aws-sdk-client-mock-vitest/extend';
import { allCustomMatcherWithAliases } from 'aws-sdk-client-mock-vitest';
import { expect } from 'vitest';

// importing it says so to TypeScript; each test file has an `expect` of its own, which must be told again
expect.extend(allCustomMatcherWithAliases);
