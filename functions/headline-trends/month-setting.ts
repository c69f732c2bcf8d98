import { InvalidDataError } from '../../lib/errors.ts';
import type { SecretSource } from '../../lib/secret/secret-source.ts';
import { month } from './flow-inputs.contract.ts';

/** The last month that there is, where a setting says so: a source that ends before today. */
export async function lastMonthSetting(settings: SecretSource): Promise<string | undefined> {
  return await monthSetting(settings, 'NYT_TO_MONTH');
}

/** The first month that there is, where a setting says so. */
export async function firstMonthSetting(settings: SecretSource): Promise<string | undefined> {
  return await monthSetting(settings, 'NYT_FROM_MONTH');
}

async function monthSetting(settings: SecretSource, name: string): Promise<string | undefined> {
  const text = await settings.find(name);
  if (text === undefined || month.safeParse(text).success) return text;
  throw new InvalidDataError(`setting ${name} is '${text}'; write a month as YYYY-MM, such as '2024-09'`);
}
