import type { Report } from '../diagnostics/diagnostic.ts';
import type { SystemSettings } from '../language/environment.ts';
import { type Place, placeAt } from '../model/source-file.ts';
import { atPath, childOf, entriesOf, itemsOf, type Tracked } from '../model/tracked.ts';
import type { Environment } from '../read/read-documents.ts';
import type { Release } from '../read/read-release.ts';
import { plaintextOfRelease, targetsOfRelease } from './check-release-plaintext.ts';
import { type Plaintext, reportPlaintext } from './plaintext.ts';
import { scanDocument } from './scan-document.ts';
import { covers, readWaivers, reportDangling, reportUnused, type Waiver } from './waivers.ts';

/** The environment's own document; waivers that speak of one system are judged where that is compiled. */
export function checkEnvironmentPlaintext(environment: Environment, report: Report): void {
  const document = environment.document as Tracked;
  const { systems } = environment.document.value.spec.value;
  const found = scanDocument(document, environment.file);
  const own = waiversOfEnvironment(environment);
  const ofEntries = entriesOf(systems).flatMap(([, settings]) =>
    readWaivers((settings as Tracked<SystemSettings>).value.notSecret, () => [{ tree: settings as Tracked }]),
  );
  for (const one of found) {
    if (![...own, ...ofEntries].some((waiver) => covers(waiver, one.place))) reportPlaintext(one, report);
  }
  const general = own.filter(({ at }) => systemOf(at, environment) === undefined);
  reportDangling(general, report);
  for (const waiver of general) {
    if (waiver.computed || waiver.covers.length === 0) continue;
    if (!found.some(({ place }) => covers(waiver, place))) reportUnused(waiver, report);
  }
}

/** What else goes into one system here: its release, what is sealed for it, and what becomes of them. */
export interface SystemPlaintext {
  readonly waives: (place: Place) => boolean;
  readonly report: (found: Plaintext, report: Report) => void;
  /** After everything was reported. */
  readonly reportUnused: (report: Report) => void;
  /** Of all inputs, to tell what was found there already. */
  readonly inputs: () => readonly Plaintext[];
}

export function plaintextOfSystem(
  environment: Environment,
  system: string,
  settings: Tracked<SystemSettings>,
  release: Release,
  others: readonly Waiver[],
): SystemPlaintext {
  const targets = () => [{ tree: settings as Tracked }, ...targetsOfRelease(release), ...profilesOf(settings, release)];
  const ofEntry = readWaivers(settings.value.notSecret, targets);
  const ofEnvironment = waiversOfEnvironment(environment);
  const mine = [...ofEntry, ...ofEnvironment.filter(({ at }) => systemOf(at, environment) === system)];
  const used = new Set<Waiver>();
  const waives = (place: Place) => {
    const waiving = mine.filter((waiver) => covers(waiver, place));
    for (const waiver of waiving) used.add(waiver);
    return waiving.length > 0 || [...ofEnvironment, ...others].some((waiver) => covers(waiver, place));
  };
  const inputs = () => [...plaintextOfRelease(release).found, ...scanDocument(environment.document as Tracked, environment.file)];
  return {
    waives,
    inputs,
    report: (found, report) => {
      if (!waives(found.place)) reportPlaintext(found, report);
    },
    reportUnused: (report) => {
      if (mine.length === 0) return;
      for (const { place } of inputs()) waives(place);
      reportDangling(mine, report);
      for (const waiver of mine) if (waiver.covers.length > 0 && !used.has(waiver)) reportUnused(waiver, report);
    },
  };
}

/** What is sealed for a system, apart from the ciphertext. */
export function scanSealed(environment: Environment, system: string): Plaintext[] {
  return [...environment.sealed].flatMap(([key, tree]) => {
    if (!key.startsWith(`${system}/`) || tree.origin.kind !== 'spec') return [];
    return scanDocument(tree, tree.origin.place.file);
  });
}

function waiversOfEnvironment({ document, sealed }: Environment): Waiver[] {
  const { notSecret } = document.value.spec.value;
  if (notSecret === undefined) return [];
  const files = new Map(
    [...sealed].flatMap(([key, { origin }]): [string, Place][] =>
      origin.kind === 'spec' ? [[`sealed/${key}.yaml`, placeAt(origin.place.file, 0, origin.place.file.text.length)]] : [],
    ),
  );
  const tree = document as Tracked;
  return readWaivers(notSecret, () => [{ tree: childOf(tree, 'spec'), files }, { tree }]);
}

/** `systems.shop.components.web` speaks of shop. */
function systemOf(at: string, environment: Environment): string | undefined {
  const named = /^(?:systems\.|sealed\/)([^./]+)[./]/.exec(at)?.[1];
  return named !== undefined && Object.hasOwn(environment.document.value.spec.value.systems.value, named) ? named : undefined;
}

function profilesOf(settings: Tracked<SystemSettings>, release: Release) {
  return itemsOf(settings.value.profiles).flatMap((name) => {
    const tree = atPath(release.document as Tracked, ['spec', 'profiles', String(name.value)]);
    return tree === undefined ? [] : [{ tree }];
  });
}
