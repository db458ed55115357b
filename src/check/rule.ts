import type { Report } from '../diagnostics/diagnostic.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { Stage } from '../language/fleet.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Place } from '../model/source-file.ts';
import type { Cluster } from '../read/read-documents.ts';
import type { Release } from '../read/read-release.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import type { SystemPlaintext } from './check-environment-plaintext.ts';

/** What a rule looks at: one system in one environment, resolved and expanded. */
export interface Subject {
  readonly system: ResolvedSystem;
  readonly release: Release;
  /** With the places of its facts; `system.cluster` has them ready for use. */
  readonly cluster: Cluster;
  readonly objects: readonly DesiredObject[];
  readonly stage: Stage;
  /** What looks like a secret in the inputs, and what is waived. */
  readonly plaintext: SystemPlaintext;
  readonly schemas: KubernetesSchemas | undefined;
  /** Whether every secret is to be taken for sealed. */
  readonly assumeSealed: boolean;
  /** The system's entry in the environment, for problems that lie nowhere else. */
  readonly place: Place;
}

/** Reports what it finds; never throws, never changes anything. */
export type Rule = (subject: Subject, report: Report) => void;
