import * as z from 'zod';
import { InvalidDataError } from '../../lib/errors.ts';

const answer = z.object({
  totalCount: z.int().nonnegative(),
  countExceeded: z.boolean(),
  value: z.array(z.unknown()),
});

/** The registry's answer to a search: how many blocks match, whether it was cut short, and the records it gives. */
export type VerraAnswer = z.infer<typeof answer>;

/** @throws {InvalidDataError} the answer has another shape; its records are not looked at */
export function readVerraAnswer(body: unknown): VerraAnswer {
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the answer'}: ${issue.message}`);
  throw new InvalidDataError(`the Verra registry answered in another shape than it used to; ${problems.join('; ')}`);
}
