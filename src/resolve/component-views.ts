import { childOf, isTrackedMap, type Tracked, type TrackedMap, untrack } from '../model/tracked.ts';
import { externalAddress, usualPort } from './address.ts';
import { toCel } from './cel.ts';
import type { Evaluator, Scope } from './evaluate.ts';
import { hostSource, portSource } from './external-sources.ts';
import type { ComponentIdentity } from './identify-component.ts';
import { mapOf } from './layers.ts';
import { lazily } from './lazily.ts';
import type { ComponentState } from './resolved.ts';
import { type Configured, componentForRules } from './rule-views.ts';

export interface ViewRequest {
  readonly identity: ComponentIdentity;
  readonly raw: Tracked;
  readonly state: () => ComponentState;
  readonly scope: () => Scope;
  readonly evaluator: Evaluator;
  readonly namespace: string;
  readonly domain: string;
  /** In validations everything is visible, also what is off, and nothing counts as a dependency. */
  readonly asConfigured: Configured | undefined;
  readonly ingressOn: () => boolean;
}

/** Far above any real StatefulSet: a slip of the pen must not fill the memory. */
const mostPods = 1_000;

/**
 * What an expression sees of a component. Everything is computed when it is asked for, and asking for an
 * address is what makes a dependency.
 */
export function componentView(request: ViewRequest): object {
  const { identity, raw, evaluator } = request;
  const state = request.state();
  const view: Record<string, unknown> = { enabled: state !== 'off', external: state === 'external' };
  if (state === 'off' && request.asConfigured === undefined) return view;
  const external = childOf(raw, 'external');
  const evaluated = (path: string, from: Tracked = raw) => {
    const node = childOf(from, path);
    const result = node === undefined ? undefined : evaluator.evaluate(node, request.scope());
    if (result !== undefined) evaluator.cite(result.origin);
    return result === undefined ? undefined : untrack(result);
  };
  const touch = (port?: string) => {
    if (request.asConfigured === undefined) evaluator.touch(identity.key, port);
  };
  const define = (key: string, get: () => unknown) => Object.defineProperty(view, key, { get, enumerable: true });
  const defineText = (key: string, get: () => unknown) => define(key, () => toCel(get()));

  view.name = identity.name;
  const portNames = Object.keys(
    isTrackedMap(childOf(raw, 'ports')) ? (childOf(raw, 'ports') as { value: TrackedMap }).value : {},
  );
  const outside = () => (external === undefined ? undefined : (evaluator.evaluate(external, request.scope()) ?? external));
  const address = () => {
    const given = outside();
    return externalAddress(
      (given === undefined ? {} : untrack(given)) as Record<string, unknown>,
      new Map(portNames.map((name) => [name, 0])),
      identity.serviceName ?? identity.name,
    );
  };
  const citeOutside = (sourceIn: (given: Tracked) => Tracked | undefined) => {
    const given = outside();
    const source = given === undefined ? undefined : sourceIn(given);
    if (source !== undefined) evaluator.cite(source.origin);
  };
  const host = () => {
    if (state !== 'external') return identity.serviceName;
    citeOutside(hostSource);
    return address().host;
  };
  const inCluster = (service: string | undefined) => `${service}.${request.namespace}.svc.${request.domain}`;
  const fqdn = () => (state === 'external' && address().bridge === undefined ? host() : inCluster(host()));
  if (state === 'external' || identity.serviceName !== undefined) {
    defineText('host', () => {
      touch();
      return host();
    });
    defineText('fqdn', () => {
      touch();
      return fqdn();
    });
    defineText('url', () => {
      touch();
      const given = external === undefined ? undefined : evaluated('url', external);
      const written = given ?? evaluated('url');
      if (written !== undefined) return written;
      const protocolOf = (name: string) => childOf(childOf(childOf(raw, 'ports'), name), 'protocol')?.value ?? 'TCP';
      // Outside, the first is the one that a single port or URL gives.
      const first =
        state === 'external' ? portNames[0] : usualPort(portNames.map((name) => ({ name, protocol: protocolOf(name) })))?.name;
      if (first !== undefined) touch(first);
      return first === undefined ? `http://${host()}` : `http://${host()}:${String(portNumber(first))}`;
    });
  }
  const portNumber = (name: string): unknown => {
    const given = state === 'external' ? address().ports.get(name) : undefined;
    if (given === undefined) return written(name);
    citeOutside((external) => portSource(external, name, name === portNames[0]));
    return toCel(given);
  };
  const portFields = (name: string) => {
    const port = evaluated(name, childOf(raw, 'ports') as Tracked);
    return (typeof port === 'object' && port !== null ? port : { port }) as { port: unknown; servicePort?: unknown };
  };
  const written = (name: string): unknown => {
    const { port, servicePort } = portFields(name);
    return toCel(servicePort ?? port);
  };
  if (portNames.length > 0) {
    view.ports = lazily(portNames, (name) => {
      touch(name);
      return portNumber(name);
    });
    // What others reach is the Service, so that the types know this of `self` alone.
    view.listens = lazily(portNames, (name) => toCel(portFields(name).port));
  }
  view.services = Object.fromEntries(
    [...identity.furtherServices].map(([word, name]) => [
      word,
      {
        get host() {
          touch();
          return state === 'external' ? toCel(host()) : name;
        },
        get fqdn() {
          touch();
          return state === 'external' ? toCel(fqdn()) : inCluster(name);
        },
      },
    ]),
  );
  defineText('image', () => evaluated('image') ?? '');
  defineText('runtimeClassName', () => evaluated('runtimeClassName') ?? '');
  const amounts = (kind: string) => {
    const resources = childOf(raw, 'resources');
    return resources === undefined ? {} : asTexts(evaluated(kind, resources));
  };
  view.resources = lazily(['requests', 'limits'], amounts);
  const autoscale = childOf(raw, 'autoscale') ?? { value: {}, origin: raw.origin };
  const replicas = (bound: 'min' | 'max' = 'min') => {
    const written = evaluated(bound, autoscale) ?? evaluated('replicas');
    // What is no number of replicas is told elsewhere.
    return Number.isSafeInteger(written) ? (written as number) : 1;
  };
  define('replicas', () => BigInt(replicas()));
  define('maxReplicas', () => BigInt(replicas('max')));
  const services = [childOf(raw, 'service'), ...Object.values(mapOf(childOf(raw, 'services')))];
  const isPublic = (service: Tracked | undefined) => (childOf(service, 'type')?.value ?? 'ClusterIP') !== 'ClusterIP';
  view.published = state === 'on' && services.some(isPublic);
  if (identity.peersName !== undefined && state !== 'external') {
    define('pods', () => {
      touch();
      return Array.from(
        { length: Math.max(0, Math.min(replicas(), mostPods)) },
        (_, index) => `${identity.name}-${index}.${identity.peersName}.${request.namespace}.svc.${request.domain}`,
      );
    });
  }
  const ingress = childOf(raw, 'ingress');
  const ingressView = { enabled: false };
  view.ingress = ingressView;
  if (ingress !== undefined) {
    Object.defineProperty(ingressView, 'enabled', { enumerable: true, get: request.ingressOn });
    Object.defineProperty(ingressView, 'host', { enumerable: true, get: () => toCel(evaluated('host', ingress) ?? '') });
  }
  if (request.asConfigured !== undefined) {
    const component = { key: identity.key, raw, isOn: state === 'on', scope: request.scope };
    const forRules = componentForRules(component, request.asConfigured, evaluator);
    define('env', forRules.env);
    view.probes = forRules.probes;
    Object.defineProperty(ingressView, 'tls', { enumerable: true, get: forRules.tls });
  }
  return view;
}

/** Quantities as text, which is how programs take them. */
function asTexts(amounts: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries((amounts ?? {}) as object).map(([name, amount]) => [name, toCel(String(amount))]));
}
