import { memoryStore } from '../support/memory-store.ts';
import { describeStoreContract } from './store-contract.ts';

describeStoreContract('the memory store', {
  openEmpty: async () => memoryStore(),
  manyKeys: 1_100,
  largeFileBytes: 300_000,
});
