import type { Desk } from '../promote/desk.ts';
import type { Refusal } from '../promote/refusal.ts';
import type { Selected } from '../promote/selected.ts';
import { lookAround, type Surroundings } from '../promote/surroundings.ts';
import { checkNames, namesIn } from './fleet-names.ts';

/** What a call names must be there where the change is made of it, on the branch: the clone may be another. */
export async function lookAroundFor({ environment, system }: Selected, desk: Desk): Promise<Surroundings | Refusal> {
  const around = await lookAround(desk);
  if (!('refused' in around))
    checkNames(
      { ...(environment === undefined ? {} : { environment }), ...(system === undefined ? {} : { system }) },
      namesIn(around.state.description.files),
    );
  return around;
}
