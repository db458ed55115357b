import type { Component } from '../language/component.ts';
import type { SecretDeclaration } from '../language/secret.ts';
import type { Origin } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import type { Tracked, TrackedMap } from '../model/tracked.ts';
import type { ClusterFacts } from './cluster-facts.ts';

/** A System in one environment with every choice made: what expansion turns into objects. */
export interface ResolvedSystem {
  readonly name: string;
  readonly release: string;
  readonly prefix: string;
  readonly environment: string | undefined;
  readonly namespace: ResolvedNamespace;
  readonly cluster: ClusterFacts;
  /** What the environment puts on every object. */
  readonly labels: Tracked<Record<string, string>> | undefined;
  readonly components: readonly ResolvedComponent[];
  readonly groups: ReadonlyMap<string, Tracked<Record<string, unknown>>>;
  readonly configs: ReadonlyMap<string, ResolvedConfig>;
  readonly secrets: ReadonlyMap<string, ResolvedSecret>;
  readonly objects: ReadonlyMap<string, Tracked>;
  readonly dependencies: readonly Dependency[];
  /** Where an expression stands: the origin of what it came to. */
  readonly computed: ReadonlyMap<Place, Origin>;
}

export interface ResolvedNamespace {
  readonly name: string;
  readonly create: boolean;
  readonly origin: Origin;
  readonly labels?: Tracked<Record<string, string>> | undefined;
  readonly annotations?: Tracked<Record<string, string>> | undefined;
  readonly quota?: Tracked<Record<string, unknown>> | undefined;
}

export type ComponentState = 'on' | 'off' | 'external';

export interface ResolvedComponent {
  readonly key: string;
  readonly state: ComponentState;
  /** Name of the workload and prefix of what belongs to it. */
  readonly name: string;
  readonly serviceName: string | undefined;
  /** The headless Service that gives the pods of a StatefulSet their names. */
  readonly peersName: string | undefined;
  /** Names of the further Services by their keys. */
  readonly furtherServices: ReadonlyMap<string, string>;
  readonly spec: Tracked<Component>;
  readonly external: ExternalAddress | undefined;
  readonly ingressOn: boolean;
  /** The volume whose claim has the name of the component. */
  readonly ownClaim: string | undefined;
}

export interface ExternalAddress {
  readonly host: string | undefined;
  /** Ports that the address gives. */
  readonly ports: ReadonlyMap<string, number>;
  /** The component's own ports, for those that the address does not give. */
  readonly usualPorts: ReadonlyMap<string, number>;
  /** Of those of either that are not TCP. */
  readonly protocols: ReadonlyMap<string, string>;
  readonly cidrs: readonly string[];
  /** The Service in the cluster that leads to an IP address. */
  readonly bridge: Bridge | undefined;
}

export interface Bridge {
  readonly service: string;
  readonly address: string;
}

export interface ResolvedConfig {
  readonly name: string;
  readonly origin: Origin;
  readonly files: readonly (readonly [string, Tracked<string>])[];
  /** Of those that are made of properties: these, by file. */
  readonly properties: ReadonlyMap<string, TrackedMap>;
}

export interface ResolvedSecret {
  readonly name: string;
  readonly declaration: Tracked<SecretDeclaration>;
  /** The SealedSecret from the inputs, where somebody has sealed it. */
  readonly sealed: Tracked | undefined;
  /** Where a value that is sealed for it can be opened. */
  readonly scope: NonNullable<SecretDeclaration['scope']>;
  /** Keys whose values are assembled before they are sealed: their texts, with markers in place of secrets. */
  readonly composed: ReadonlyMap<string, Tracked<string>>;
}

/** An edge: `from` reaches `to` on these ports (all of them when empty). */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  readonly network: boolean;
  readonly orders: boolean;
  readonly origin: Origin;
}
