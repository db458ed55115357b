import type { ChangePart } from '../../report/report.ts';
import type { Fold, FoldedHazard, ObjectChange } from './change-types.ts';

/** The changes of one system that some environments have in common. */
export interface ListedFold {
  readonly fold: Fold;
  readonly environments: ReadonlySet<string>;
  readonly changes: readonly ListedChange[];
}

export interface ListedChange {
  /** One of the places that it is made in: `environment/system|Kind/name`. No two have the same. */
  readonly address: string;
  readonly change: ObjectChange;
  readonly hazards: readonly FoldedHazard[];
  /** In small letters, what a text is looked for in. */
  readonly haystack: string;
}

/** What the view shows, with all that it is asked for each time found once. */
export function listChanges({ folds, hazards }: Pick<ChangePart, 'folds' | 'hazards'>): ListedFold[] {
  const dangers = hazardsByObject(hazards);
  const taken = new Map<string, number>();
  return folds.map((fold) => ({
    fold,
    environments: new Set(fold.environments),
    changes: fold.objects.map((change) => {
      const address = addressOf(fold.environments[0] as string, fold.system, change.object);
      // Two objects may differ in nothing but their namespace or API.
      const before = taken.get(address) ?? 0;
      taken.set(address, before + 1);
      return {
        address: before === 0 ? address : `${address}|${before + 1}`,
        change,
        hazards: hazardsOf(fold, change, dangers),
        haystack: [change.object, ...change.fields.map(({ path }) => path)].join('\n').toLowerCase(),
      };
    }),
  }));
}

export function addressOf(environment: string, system: string, object: string): string {
  return `${environment}/${system}|${object}`;
}

/** Finds the change that an address names, by whichever of its environments. */
export function changeFinder(listed: readonly ListedFold[]): (address: string) => ListedChange | undefined {
  const found = new Map<string, { readonly one: ListedFold; readonly change: ListedChange }[]>();
  for (const one of listed)
    for (const change of one.changes) {
      const name = `${one.fold.system}|${change.change.object}`;
      const namesakes = found.get(name);
      if (namesakes === undefined) found.set(name, [{ one, change }]);
      else namesakes.push({ one, change });
    }
  return (address) => {
    const [overlay = '', object = ''] = address.split('|');
    const [environment = '', system = ''] = overlay.split('/');
    const there = (found.get(`${system}|${object}`) ?? []).filter(({ one }) => one.environments.has(environment));
    return (there.find(({ change }) => change.address === address) ?? there[0])?.change;
  };
}

type ByObject = ReadonlyMap<string, readonly { readonly hazard: FoldedHazard; readonly overlays: ReadonlySet<string> }[]>;

function hazardsByObject(hazards: readonly FoldedHazard[]): ByObject {
  const found = new Map<string, { readonly hazard: FoldedHazard; readonly overlays: ReadonlySet<string> }[]>();
  for (const hazard of hazards)
    found.set(hazard.object, [...(found.get(hazard.object) ?? []), { hazard, overlays: new Set(hazard.overlays) }]);
  return found;
}

function hazardsOf({ system, environments }: Fold, { object }: ObjectChange, dangers: ByObject): FoldedHazard[] {
  const named = dangers.get(object) ?? [];
  return named
    .filter(({ overlays }) => environments.some((environment) => overlays.has(`${environment}/${system}`)))
    .map(({ hazard }) => hazard);
}
