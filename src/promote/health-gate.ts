import type { DeploymentStatus, UnknownStatus } from './deployment-status.ts';
import { durationInWords, durationToMilliseconds } from './duration.ts';
import type { Gate } from './gate.ts';

export interface HealthGateInput {
  /** Of what is promoted from; undefined where nobody said how to ask. */
  readonly status: DeploymentStatus | UnknownStatus | undefined;
  /** Whether a commit holds just what is to be promoted; undefined where that cannot be told. */
  readonly isPromoted: (revision: string) => boolean | undefined;
  /** How long it must have been healthy, such as `2h`. */
  readonly soak: string | undefined;
  readonly now: Date;
}

/** Whether what is to be promoted runs well where it comes from, and has for long enough. */
export function healthGates(input: HealthGateInput): Gate[] {
  const { status, soak } = input;
  if (status === undefined) {
    if (soak === undefined) return [];
    const text = `healthy for ${soak} is asked for, and nothing says how to ask Argo CD: name argocd in cluster.yaml, or give --status-file`;
    return [{ kind: 'soak', state: 'unknown', text }];
  }
  if ('unknown' in status) return [{ kind: 'health', state: 'unknown', text: status.unknown }];
  const health = healthGate(status, input);
  // Before it is healthy there is nothing to count.
  return soak === undefined || health.state !== 'open' ? [health] : [health, soakGate(status, soak, input)];
}

function healthGate(status: DeploymentStatus, { isPromoted, now }: HealthGateInput): Gate {
  const { application, sync, health, revision, operation, asOf } = status;
  const seen = asOf === undefined ? '' : `, as of ${durationInWords(now.getTime() - Date.parse(asOf))} ago`;
  const promoted = revision === undefined ? false : isPromoted(revision);
  const at = short(revision ?? '');
  const reasons = [
    ...(operation === 'running' ? ['is being synced'] : []),
    // A test that runs after a sync fails it, and leaves everything Synced and Healthy.
    ...(operation === 'failed' ? ['failed its last sync'] : []),
    ...(sync === 'Synced' ? [] : [`is ${sync}`]),
    ...(health === 'Healthy' ? [] : [`is ${health}`]),
    ...(revision === undefined ? ['was never synced'] : []),
    ...(revision !== undefined && promoted === false ? [`is at ${at}, which is not what is to be promoted`] : []),
  ];
  if (reasons.length > 0) return { kind: 'health', state: 'waiting', text: `${application} ${reasons.join(', ')}${seen}` };
  if (promoted === undefined) {
    const text = `cannot tell whether ${at}, where ${application} is, holds what is to be promoted`;
    return { kind: 'health', state: 'unknown', text };
  }
  return { kind: 'health', state: 'open', text: `${application} is Synced and Healthy at ${at}${seen}` };
}

function soakGate(status: DeploymentStatus, soak: string, { isPromoted, now }: HealthGateInput): Gate {
  const { application, healthSince, history, asOf } = status;
  const end = history.findIndex(({ revision }) => isPromoted(revision) !== true);
  const deployed = (end === -1 ? history : history.slice(0, end)).at(-1)?.deployedAt;
  // Health says nothing of how long: syncing only some resources changes what runs and leaves no entry.
  const [newest] = history;
  if (deployed === undefined && newest !== undefined) {
    const text = `cannot tell how long ${application} has run it: the last full sync that Argo CD remembers is of ${short(newest.revision)}`;
    return { kind: 'soak', state: 'unknown', text };
  }
  const times = [healthSince, deployed].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  if (times.length === 0)
    return { kind: 'soak', state: 'unknown', text: `Argo CD does not say since when ${application} is healthy, ${asked(soak)}` };
  const since = Math.max(...times);
  // What became of it after a file was written is not known.
  const seen = asOf === undefined ? now.getTime() : Math.min(now.getTime(), Date.parse(asOf));
  const needed = durationToMilliseconds(soak);
  const opens = new Date(since + needed);
  const until = asOf === undefined && Number.isFinite(opens.getTime()) ? { until: opens.toISOString() } : {};
  if (since > now.getTime()) {
    const text = `Argo CD says that ${application} is healthy since ${new Date(since).toISOString()}, which is not yet: do the clocks agree?`;
    return { kind: 'soak', state: 'waiting', text, ...until };
  }
  const length = `${healthSince === undefined ? 'deployed' : 'healthy'} for ${durationInWords(seen - since)}`;
  if (seen - since >= needed) return { kind: 'soak', state: 'open', text: `${length}, ${asked(soak)}` };
  const text =
    asOf === undefined
      ? `${length}, ${asked(soak)}`
      : `${length} when the status file was written, ${asked(soak)}: give a newer one`;
  return { kind: 'soak', state: 'waiting', text, ...until };
}

const asked = (soak: string) => `${soak} are asked for`;

/** Commits as people know them; versions of charts stay whole. */
const short = (revision: string) => (/^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 7) : revision);
