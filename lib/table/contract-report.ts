import type { ColumnType } from '../contract.ts';

/** A column as a file has it. */
export interface FileColumn {
  readonly name: string;
  /** The logical type, or DuckDB's own name in capitals (`DECIMAL(9,2)`) when it is none of ours. */
  readonly type: ColumnType | Uppercase<string>;
}

/** One promise of a contract and how the file keeps it. */
export interface ContractCheck {
  /** `columns`, `nulls`, `key`, `rows`, or the rule's own name. */
  readonly name: string;
  /** What a failure means: no publish, or a warning beside it. */
  readonly level: 'fail' | 'warn';
  readonly passed: boolean;
  /** What was counted: rows or columns that break the promise; for `rows`, the rows there are. */
  readonly figure: number;
  /** A sentence for the manifest and the operator, with up to five examples when it failed. */
  readonly detail: string;
}

/** Everything that checking a file against its contract found out. */
export interface ContractReport {
  readonly rows: number;
  /** Fingerprint of the rows in order, whatever the encoding of the file; see `rowsSha256`. */
  readonly rowsSha256: string;
  /** As they are in the file; the same as the contract's when the check `columns` passed. */
  readonly columns: readonly FileColumn[];
  readonly checks: readonly ContractCheck[];
}

/** The checks that forbid publishing. */
export function failedChecks(report: Pick<ContractReport, 'checks'>): ContractCheck[] {
  return report.checks.filter((check) => check.level === 'fail' && !check.passed);
}
