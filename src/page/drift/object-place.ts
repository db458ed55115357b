import type { DriftEntry, ReportIndex } from '../../report/report.ts';

/** Where the page shows the object of a difference: environment, system, id. Undefined where the report has none. */
export type FindPlace = (entry: Pick<DriftEntry, 'overlay' | 'object'>) => readonly string[] | undefined;

const hash = /-[bcdfghkmt2456789]{10}$/;

export function placeFinder({ objects, environments }: Pick<ReportIndex, 'objects' | 'environments'>): FindPlace {
  const known = new Set(
    objects.flatMap(({ system, object, environments: places }) =>
      places.map((place) => keyOf(environments[place]?.name ?? '', system, object)),
    ),
  );
  return ({ overlay, object }) => {
    if (overlay === null || object === null) return undefined;
    const [environment = '', system = ''] = overlay.split('/');
    // Where they run ConfigMaps are called with a hash, and where they are described without.
    const names = object.startsWith('ConfigMap/') ? [object, object.replace(hash, '')] : [object];
    const name = names.find((one) => known.has(keyOf(environment, system, one)));
    return name === undefined ? undefined : [environment, system, name];
  };
}

function keyOf(...path: readonly string[]): string {
  return path.join('\n');
}
