import type { Origin } from '../model/origin.ts';
import { atPath, childOf, isTrackedMap, lastOrigin, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { asWritten } from './config-files.ts';
import { layTogether, namesIn } from './environment-groups.ts';
import type { Evaluator, Scope } from './evaluate.ts';
import { everyLayer, mapOf, namesAt } from './layers.ts';
import { lazily } from './lazily.ts';
import type { ResolvedConfig } from './resolved.ts';
import { holdsSecret } from './secret-text.ts';

/** What rules are held against beyond what values may read, since nothing follows from what a rule reads. */
export interface Configured {
  readonly groups: ReadonlyMap<string, Tracked>;
  readonly configs: ReadonlyMap<string, ResolvedConfig>;
  /** The System and what is laid over it, each as it was written: what one of them removed stands nowhere else. */
  readonly layers: readonly Tracked[];
}

export const probeKinds = ['liveness', 'readiness', 'startup'] as const;

export const probeTimings = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
} as const;

interface Component {
  readonly key: string;
  readonly raw: Tracked;
  /** Where it is off or outside, there is no container that would have variables. */
  readonly isOn: boolean;
  readonly scope: () => Scope;
}

export function componentForRules({ key, raw, isOn, scope }: Component, { groups, layers }: Configured, evaluator: Evaluator) {
  const decided = (...path: string[]): Tracked | undefined => {
    const said = layers.map((layer) => atPath(layer, ['components', key, ...path])).findLast((one) => one !== undefined);
    if (said !== undefined) evaluator.cite(blamable(said));
    return atPath(raw, path);
  };
  const timing = (kind: string, name: keyof typeof probeTimings) => {
    const written = decided('probes', kind, name)?.value;
    // What is no number is told elsewhere.
    return BigInt(Number.isSafeInteger(written) ? (written as number) : probeTimings[name]);
  };
  const probe = (kind: string) =>
    lazily(['enabled', ...Object.keys(probeTimings)], (name) =>
      name === 'enabled' ? decided('probes', kind) !== undefined : timing(kind, name as keyof typeof probeTimings),
    );
  return {
    probes: lazily(probeKinds, probe),
    env: () => {
      const written = isOn ? childOf(raw, 'env') : undefined;
      const own = written === undefined ? undefined : evaluator.evaluate(written, scope());
      return textsOf(mapOf(variablesOf(own, groups)), evaluator);
    },
    tls: () => decided('ingress', 'tls') !== undefined,
  };
}

/** Of what a layer removes, its name is what a reader looks for. */
function blamable({ value, origin }: Tracked): Origin {
  return value === null && origin.kind === 'spec' && origin.key !== undefined ? { ...origin, place: origin.key } : origin;
}

/** All that the main container gets: what it takes from groups, and its own over that. */
export function variablesOf(own: Tracked | undefined, groups: ReadonlyMap<string, Tracked>): Tracked | undefined {
  const taken = namesIn(own).flatMap(({ value }) => groups.get(value) ?? []);
  return own === undefined ? undefined : layTogether(taken, own);
}

/** What config entries hold; a file that is left out here holds nothing. */
export function configForRules(spec: Tracked, { configs, layers }: Configured, evaluator: Evaluator): object {
  return lazily(configs.keys(), (entry) => {
    const { files, properties } = configs.get(entry) as ResolvedConfig;
    const texts = new Map(files);
    return lazily(namesAt([...everyLayer(spec), ...layers], ['config', entry]), (file) => ({
      properties: textsOf(properties.get(file) ?? {}, evaluator),
      get text() {
        const text = texts.get(file);
        if (text !== undefined) evaluator.cite(text.origin);
        return text === undefined ? '' : textOf(file, text);
      },
    }));
  });
}

/** Each tells of itself when it is asked for; CEL also looks at the first of any map, by another way, to tell its type. */
function textsOf(values: TrackedMap, evaluator: Evaluator): ReadonlyMap<string, string> {
  const texts = new Map(Object.entries(values).map(([name, value]) => [name, textOf(name, value)]));
  const get = (name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) evaluator.cite(lastOrigin(value));
    return Map.prototype.get.call(texts, name);
  };
  return Object.assign(texts, { get });
}

/** What is not known here stands as Kubernetes would refer to it: not blank, and no value that anybody asks for. */
function textOf(name: string, value: Tracked): string {
  const text = isTrackedMap(value) ? undefined : asWritten(value);
  return text === undefined || holdsSecret(text) ? `$(${name})` : text;
}
