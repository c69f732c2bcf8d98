import type { Keeping } from '../../lib/contract.ts';

/**
 * What the tables of this group promise of old versions: those of 60 whole days stay, and the newest three.
 *
 * @see the specification of consultation-documents, section 7.8 and section 9, point 16
 */
export const tableKeeping: Keeping = { days: 61, versions: 3 };
