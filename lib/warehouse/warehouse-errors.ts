import { InvalidDataError, TaskError } from '../errors.ts';

/** The warehouse did not answer, or was busy with someone else for too long. ASL should retry it. */
export class WarehouseUnavailableError extends TaskError {
  override readonly name = 'WarehouseUnavailableError';
}

/**
 * The warehouse answers, but not us (an unknown database, a wrong password, no right), or nobody vouches that it is the
 * warehouse. Final until someone changes that.
 */
export class WarehouseRefusedError extends TaskError {
  override readonly name = 'WarehouseRefusedError';
}

/** Longest part of a statement that an error quotes. */
const quotedCharacters = 200;

/** Classes and codes of SQLSTATE, by what the caller can do about them. */
const busy = /^(08|53|57P|58|40001|40P01|55P03)/;
const refused = /^(28|3D|42501)/;
const unfit = /^(21|22|23)/;
const untrusted = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;
const unreachable = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)/;

/**
 * What a driver threw, as the error that the state machine reads.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function warehouseError(error: unknown, statement: string): unknown {
  if (!(error instanceof Error) || error instanceof TaskError) return error;
  const code = 'code' in error ? String(error.code) : '';
  const message = rootMessage(error);
  if (busy.test(code) || unreachable.test(code) || isLostConnection(message)) {
    return new WarehouseUnavailableError(`the warehouse is not available: ${message}`, { cause: error });
  }
  if (refused.test(code)) {
    return new WarehouseRefusedError(`the warehouse refused: ${message}; check WAREHOUSE_URL`, { cause: error });
  }
  if (untrusted.test(code)) {
    return new WarehouseRefusedError(`the certificate of the warehouse cannot be trusted: ${message}`, {
      cause: error,
    });
  }
  if (unfit.test(code)) {
    return new InvalidDataError(`the rows do not fit the warehouse: ${message}${detailOf(error)}`, { cause: error });
  }
  const shown = statement.trim().replaceAll(/\s+/g, ' ').slice(0, quotedCharacters);
  return new Error(`${message} (in the statement: ${shown})`, { cause: error });
}

/** Drivers say these as bare errors, without a code. */
function isLostConnection(message: string): boolean {
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/.test(
    message,
  );
}

/** Node gathers the refusals of `::1` and `127.0.0.1` in one error that says nothing itself. */
function rootMessage(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message;
}

function detailOf(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string' ? ` (${error.detail})` : '';
}
