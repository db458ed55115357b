import type { Fold } from '../plan/fold.ts';
import type { FoldedHazard } from '../plan/fold-hazards.ts';
import type { Plan } from '../plan/plan.ts';
import type { FieldClass } from '../promote/field-class.ts';

/** Plain data: what the page shows of a fleet. It knows nothing of the compiler. */
export interface Report {
  /** What every view begins with. */
  readonly index: ReportIndex;
  /** What only some views need, by name, as JSON: `overlay/<environment>/<system>`, `change`, `promotion`, `drift`. */
  readonly parts: ReadonlyMap<string, string>;
}

export interface ReportIndex {
  readonly fleet: { readonly name: string; readonly description: string | null };
  /** ISO 8601: when it was looked at. */
  readonly at: string;
  readonly version: string;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
  readonly clusters: readonly ClusterRow[];
  /** Those that come first in the pipeline first. */
  readonly environments: readonly EnvironmentRow[];
  readonly systems: readonly string[];
  readonly cells: readonly Cell[];
  readonly objects: readonly NamedObject[];
  readonly change: ChangeSummary | null;
  /** Of the last run of drift. */
  readonly drift: DriftSummary | null;
  readonly problems: readonly Problem[];
  /** Digest of each part, so that who has one knows whether it is still right. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface ClusterRow {
  readonly name: string;
  readonly kubernetes: string;
  readonly load: Load;
}

export interface EnvironmentRow {
  readonly name: string;
  readonly cluster: string;
  readonly stage: string;
  readonly protected: boolean;
  /** Its place in the fleet's pipeline, counted from 0; null outside of it. */
  readonly wave: number | null;
  readonly file: string;
  readonly load: Load;
}

/** What is asked for, against what there is. */
export interface Load {
  readonly pods: { readonly minimum: number; readonly maximum: number };
  readonly minimum: readonly Amount[];
  readonly maximum: readonly Amount[];
  /** Budget of an environment or a system, capacity of a cluster. */
  readonly allowed: readonly Amount[];
}

export interface Amount {
  readonly resource: string;
  /** In units: cores, bytes, pieces. */
  readonly value: number;
  readonly text: string;
}

/** One system in one environment. */
export interface Cell {
  readonly environment: string;
  readonly system: string;
  readonly release: string;
  readonly profiles: readonly string[];
  readonly namespace: string;
  /** In the pipeline of this system; null outside of it. */
  readonly wave: number | null;
  readonly objects: number;
  readonly components: { readonly on: number; readonly off: number; readonly external: number };
  readonly load: Load;
  readonly secrets: { readonly keys: number; readonly missing: readonly string[] };
  readonly images: readonly string[];
  readonly hosts: readonly string[];
  readonly changes: { readonly objects: number; readonly hazards: number } | null;
  readonly drift: DriftCounts | null;
  readonly promotion: PendingPromotion | null;
  /** It has errors now: what is shown is what it was before. */
  readonly stale: boolean;
}

export interface PendingPromotion {
  /** What would come next. */
  readonly next: string | null;
  readonly pullRequest: number | null;
  readonly url: string | null;
  /** Null: nobody was asked. */
  readonly waits: readonly string[] | null;
}

/** An object of a system, and where it is: what search looks through. */
export interface NamedObject {
  readonly system: string;
  /** `Kind/name`. */
  readonly object: string;
  readonly component: string | null;
  /** Positions in `environments`. */
  readonly environments: readonly number[];
}

export interface ChangeSummary {
  readonly from: string;
  readonly to: string;
  readonly objects: number;
  readonly overlays: number;
  readonly hazards: number;
  readonly blocking: number;
}

export interface DriftCounts {
  readonly new: number;
  readonly expired: number;
  readonly accepted: number;
}

export interface DriftSummary extends DriftCounts {
  readonly at: string;
  readonly unseen: number;
}

/** A problem of the description, with the lines around it. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How much of the line is meant; at least 1. */
  readonly width: number;
  readonly hint: string | null;
  readonly source: { readonly first: number; readonly lines: readonly string[] };
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
  }[];
  /** `environment/system`. */
  readonly overlays: readonly string[];
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `overlay/<environment>/<system>`: all that one system is in one environment. */
export interface OverlayPart {
  readonly environment: string;
  readonly system: string;
  readonly objects: readonly ObjectRecord[];
  /** What origins of values and of the graph point into. */
  readonly origins: readonly OriginRecord[];
  readonly graph: GraphRecord;
  readonly secrets: readonly SecretRecord[];
}

export interface ObjectRecord {
  /** `Kind/name`, without the hash of a ConfigMap: the same in all environments. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null for what belongs to the whole cluster. */
  readonly namespace: string | null;
  readonly component: string | null;
  /** When Argo CD applies it. */
  readonly wave: number;
  /** As the cluster gets it; secret values are not shown. */
  readonly value: Json;
  readonly origins: OriginTree;
}

/** A number where a whole value has one origin; else its own and those of what it holds. */
export type OriginTree =
  | number
  | { readonly at: number; readonly in: { readonly [key: string]: OriginTree } | readonly OriginTree[] };

export type OriginRecord = ConventionRecord | SpecRecord;

export interface ConventionRecord {
  readonly kind: 'convention';
  readonly because: string;
  readonly beat: readonly BeatenRecord[];
}

export interface SpecRecord {
  readonly kind: 'spec';
  /** `system`, `profile prod`, `environment prod-eu`. */
  readonly layer: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself. */
  readonly text: string;
  readonly expression: string | null;
  /** What an expression was computed from. */
  readonly from: readonly number[];
  readonly beat: readonly BeatenRecord[];
}

export interface BeatenRecord {
  readonly value: Json;
  readonly origin: number;
}

export interface GraphRecord {
  readonly nodes: readonly GraphNodeRecord[];
  readonly edges: readonly GraphEdgeRecord[];
}

export interface GraphNodeRecord {
  readonly component: string;
  readonly state: 'on' | 'off' | 'external';
  readonly workload: string;
  readonly wave: number | null;
  readonly host: string | null;
  /** Hosts and paths by which the outside reaches it. */
  readonly exposed: readonly string[];
  /** Addresses outside that it may reach; of what is external its own. */
  readonly cidrs: readonly string[];
  /** Ids of its objects, its workload first. */
  readonly objects: readonly string[];
  readonly origin: number;
}

export interface GraphEdgeRecord {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** Whether `from` starts after `to`. */
  readonly orders: boolean;
  /** Whether the network is opened from the one to the other. */
  readonly network: boolean;
  /** `false`: one of the two is off, and this would be an edge. */
  readonly active: boolean;
  readonly origin: number | null;
}

export interface SecretRecord {
  readonly name: string;
  readonly keys: readonly { readonly key: string; readonly sealed: boolean; readonly since: string | null }[];
}

/** `change`: what is not yet as the description says. */
export interface ChangePart extends Pick<Plan, 'from' | 'to' | 'unrendered'> {
  /** Each change once with all environments that it is made in. */
  readonly folds: readonly Fold[];
  /** Each hazard once with all overlays that it arises in. */
  readonly hazards: readonly FoldedHazard[];
  /** What would be deleted, as it is: by overlay, then by `Kind/name`. */
  readonly deleted: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** `promotion`: the pipelines. */
export interface PromotionPart {
  /** Why gates are not known; null where they are. */
  readonly unasked: string | null;
  readonly systems: readonly SystemPipeline[];
}

export interface SystemPipeline {
  readonly system: string;
  readonly waves: readonly (readonly PipelineStop[])[];
}

export interface PipelineStop extends PendingPromotion {
  readonly environment: string;
  readonly stage: string;
  readonly release: string;
  /** ISO 8601: since when the branch has this release. */
  readonly since: string | null;
  /** The environment that it takes from; null in the first wave. */
  readonly from: string | null;
  /** What the two have otherwise. */
  readonly fields: readonly PipelineField[];
}

export interface PipelineField extends FieldClass {
  readonly name: string;
  /** Undefined where that side does not have it. */
  readonly source?: Json;
  readonly target?: Json;
  /** Whether it goes along. */
  readonly taken: boolean;
}

/** `drift`: the ledger, and how it came to be so. */
export interface DriftPart {
  /** Oldest first. */
  readonly runs: readonly DriftRun[];
  /** By cluster, as the last run that looked at it found it. */
  readonly entries: readonly DriftEntry[];
  /** What the last run of each cluster could not look at. */
  readonly unseen: readonly DriftHole[];
}

export interface DriftHole {
  readonly cluster: string;
  readonly what: string;
  readonly why: string;
  readonly hint: string | null;
}

export interface DriftRun {
  readonly at: string;
  /** Of each cluster that was looked at. */
  readonly clusters: Readonly<Record<string, DriftCounts & { readonly unseen: number }>>;
}

export interface DriftEntry {
  readonly id: string;
  readonly between: string;
  readonly what: string;
  readonly cluster: string;
  readonly overlay: string | null;
  /** `Kind/name`. */
  readonly object: string | null;
  readonly namespace: string | null;
  readonly field: string | null;
  readonly declared?: Json;
  readonly live?: Json;
  readonly concealed: boolean;
  readonly owner: { readonly manager: string; readonly since: string | null } | null;
  readonly because: readonly string[];
  readonly summary: string;
  readonly advice: string;
  readonly standing: 'new' | 'accepted' | 'expired';
  readonly accepted: { readonly reason: string; readonly owner: string; readonly until: string } | null;
  /** When a run of those that are known found it first. */
  readonly first: string;
}
