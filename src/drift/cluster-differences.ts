import { applicationName, rootName } from '../model/argocd-names.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { Mismatch } from './compare-object.ts';
import { type ClusterQuestion, type Declared, nameOf } from './declared.ts';
import type { Difference, ObjectName, Owner, What } from './difference.ts';
import { differenceDigest, differenceId } from './difference-id.ts';
import type { ForeignObject } from './foreign-objects.ts';
import { ownershipsOf, owns } from './managed-fields.ts';
import { handOf } from './managers.ts';
import { showValues } from './show-value.ts';
import { addressOf, describeSteps, type Steps, valueAt } from './steps.ts';
import type { UndeclaredField } from './undeclared-fields.ts';

/** What a difference of a cluster is made of, before it has a name. */
export interface Found {
  readonly what: What;
  readonly overlay?: string | undefined;
  readonly object: ObjectName;
  readonly field?: string;
  readonly address?: readonly (string | number)[] | undefined;
  readonly shown?: ReturnType<typeof showValues>;
  readonly owner?: Owner | undefined;
  readonly because?: readonly string[];
  readonly summary: string;
  readonly advice: string;
  /** What the digest is of. */
  readonly live: unknown;
}

export function differenceOf({ cluster }: ClusterQuestion, found: Found): Difference {
  const { what, overlay, object, field, address, shown = {}, owner, because = [], summary, advice, live } = found;
  return {
    id: differenceId({ between: 'cluster', cluster, overlay, object, field }),
    between: 'cluster',
    what,
    cluster,
    ...(overlay !== undefined && { overlay }),
    object,
    ...(field !== undefined && { field }),
    ...(address !== undefined && { address }),
    ...shown,
    ...(owner !== undefined && { owner }),
    because,
    summary,
    advice,
    // A digest lies in Git: a weak secret could be guessed back from it.
    digest: differenceDigest(what, 'concealed' in shown ? [owner?.manager, owner?.since] : live),
  };
}

/** A declared field that is not as it is declared. */
export function changedField(question: ClusterQuestion, declared: Declared, live: PlainObject, mismatch: Mismatch): Difference {
  const { overlay, object } = declared;
  const { steps, address } = mismatch;
  const gone = mismatch.live === undefined;
  const owner = gone ? undefined : ownerAt(live, steps);
  return differenceOf(question, {
    what: 'changed',
    overlay,
    object: nameOf(object),
    field: describeSteps(steps),
    address,
    shown: showValues(object, steps, mismatch.declared, mismatch.live),
    owner,
    because: linesOf(question, declared, address),
    summary: gone ? 'is declared and not there' : 'is not as it is declared',
    advice: `${takeBack(question, overlay, object)}, or declare what is there: --absorb`,
    live: mismatch.live,
  });
}

export function undeclaredField(
  question: ClusterQuestion,
  declared: Declared,
  live: PlainObject,
  { steps, what, ownership }: UndeclaredField,
): Difference {
  const { overlay, object } = declared;
  const value = valueAt(live, steps);
  const leftover = what === 'leftover';
  return differenceOf(question, {
    what,
    overlay,
    object: nameOf(object),
    field: describeSteps(steps),
    address: addressOf(live, steps),
    shown: showValues(object, steps, undefined, value),
    owner: ownership.owner,
    because: linesOf(question, declared, []),
    summary: leftover ? 'was declared once and is still there' : 'is there and nothing declares it',
    advice: leftover
      ? takeBack(question, overlay, object)
      : 'take it out of the object by hand (Argo CD leaves it alone), or declare it: --absorb',
    live: value,
  });
}

export function missingObject(question: ClusterQuestion, declared: Declared): Difference {
  return differenceOf(question, {
    what: 'missing',
    overlay: declared.overlay,
    object: nameOf(declared.object),
    because: linesOf(question, declared, []),
    summary: 'is declared and not there',
    advice: takeBack(question, declared.overlay, declared.object),
    live: undefined,
  });
}

export function foreignObject(question: ClusterQuestion, { name, live, application }: ForeignObject): Difference {
  const owner = makerOf(live);
  const left = application !== undefined;
  const { namespace } = name;
  return differenceOf(question, {
    what: left ? 'leftover' : 'foreign',
    overlay: namespace === null ? undefined : question.overlayOf(namespace),
    object: name,
    owner,
    summary: left ? `was declared once; the Application ${application} left it` : 'is there and nothing declares it',
    advice: left
      ? 'delete it where nobody needs it (`--revert` prints the command), or accept it; Argo CD prunes only where that is on'
      : 'declare it (`objects:` in a System), delete it, or accept it',
    live: name,
  });
}

/** The first one to write it; programs look after what others make, often in the same second. */
export function makerOf(live: PlainObject): Owner | undefined {
  const owners = ownershipsOf(live).map(({ owner }) => owner);
  return owners.findLast((owner) => owner.subresource === undefined && handOf(owner) !== 'program') ?? owners.at(-1);
}

/** Who wrote what is there now: the last one that is not the deployer, who would put back what is declared. */
export function ownerAt(live: PlainObject, steps: Steps): Owner | undefined {
  const owners = ownershipsOf(live).filter((ownership) => owns(ownership, steps));
  return (owners.find(({ owner }) => handOf(owner) !== 'deployer') ?? owners[0])?.owner;
}

function takeBack({ cluster }: ClusterQuestion, overlay: string | undefined, { apiVersion }: PlainObject): string {
  // Argo CD's own objects are applied by the root of their cluster, and by none of themselves.
  const own = String(apiVersion).startsWith('argoproj.io/');
  const [environment = '', system = ''] = overlay?.split('/') ?? [];
  return `\`argocd app sync ${own || overlay === undefined ? rootName(cluster) : applicationName(environment, system)}\` puts back what is declared`;
}

const hashSuffix = /-[bcdfghkmt2456789]{10}$/;

function linesOf(
  question: ClusterQuestion,
  { overlay, object }: Declared,
  address: readonly (string | number)[],
): readonly string[] {
  const { apiVersion, kind, name } = nameOf(object);
  const lines = (bare: string) => question.because(overlay, { apiVersion, kind, name: bare, path: address });
  const own = lines(name);
  return own.length === 0 && kind === 'ConfigMap' ? lines(name.replace(hashSuffix, '')) : own;
}
