import type { ArtifactContract } from '../../lib/contract.ts';
import { verraDataV2 } from './verra-data-v2.contract.ts';

/**
 * Credits that someone really used: retired, and not merely moved to a chain.
 *
 * @see the specification of carbon-markets, F-23 and section 5.8
 */
export const verraRetirements: ArtifactContract = {
  name: 'verra_retirements',
  description: 'Retired blocks of Verra credits that no bridge took to a chain',
  columns: verraDataV2.columns,
  key: { columns: ['serial_number'], onDuplicate: 'fail' },
  rules: [
    { name: 'no bridge took the credits', holds: 'NOT (toucan OR c3 OR moss)', onFailure: 'fail' },
    { name: 'retirement date is known', holds: 'retirement_date IS NOT NULL', onFailure: 'fail' },
  ],
};
