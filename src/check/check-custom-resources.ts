import { findKind, isKubernetesGroup } from '../kubernetes/find-schema.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { itemsOf } from '../model/tracked.ts';
import { asSpec, originAt, type SpecOrigin } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

/** Kinds that are not Kubernetes' own are among the custom resources of the cluster, or the System brings them along. */
export const checkCustomResources: Rule = (subject, report) => {
  const { schemas, objects } = subject;
  if (schemas === undefined) return;
  const listed = itemsOf(subject.cluster.document.value.spec.value.customResources).map((name) => String(name.value));
  const settled = new Set(listed);
  const check = (id: string, asks: string, origin: SpecOrigin | undefined) => {
    // One is told for all objects of a kind.
    if (settled.has(id)) return;
    settled.add(id);
    if (broughtAlong(objects).includes(id)) return;
    const [group, , kind] = id.split('/');
    const namesake = listed.find((other) => other.startsWith(`${group}/`) && other.endsWith(`/${kind}`));
    reportLack(
      {
        code: 'custom-resource',
        asks: `${asks} the custom resource ${id}`,
        origin,
        lacks: namesake === undefined ? 'does not list it' : `lists ${namesake} only`,
        fact: ['customResources'],
        hint: `list ${id} under customResources of the cluster once its operator runs there`,
      },
      subject,
      report,
    );
  };
  for (const required of itemsOf(subject.release.document.value.spec.value.requires?.value.customResources)) {
    const { apiVersion, kind } = required.value;
    check(`${apiVersion.value}/${kind.value}`, `${subject.system.name} requires`, asSpec(required.origin));
  }
  for (const object of objects) {
    const { apiVersion, kind } = object;
    const found = findKind(schemas, apiVersion, kind);
    if (found === undefined ? isKubernetesGroup(schemas, apiVersion) : found.custom !== true) continue;
    check(`${apiVersion}/${kind}`, `${kind}/${object.name} is of`, originAt(object, ['apiVersion']));
  }
};

function broughtAlong(objects: readonly DesiredObject[]): string[] {
  return objects.flatMap(({ kind, plain }) => {
    const spec = kind === 'CustomResourceDefinition' ? asMap(plain.spec) : undefined;
    return asList(spec?.versions).map(
      (version) => `${String(spec?.group)}/${String(asMap(version)?.name)}/${String(asMap(spec?.names)?.kind)}`,
    );
  });
}
