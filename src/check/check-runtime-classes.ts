import { podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { itemsOf } from '../model/tracked.ts';
import { bringsAlong } from './brings-along.ts';
import { asSpec, originAt, type SpecOrigin } from './find-origin.ts';
import { chooseOrList, reportLack } from './report-lack.ts';
import type { Rule, Subject } from './rule.ts';

/** The runtime classes that pods name are ones of the cluster, or of the System itself. */
export const checkRuntimeClasses: Rule = (subject, report) => {
  const listed = itemsOf(subject.cluster.document.value.spec.value.runtimeClasses).map((name) => String(name.value));
  for (const { who, name, origin } of [...rendered(subject), ...created(subject)]) {
    if (listed.includes(name) || bringsAlong(subject.objects, 'RuntimeClass', name)) continue;
    reportLack(
      {
        code: 'runtime-class',
        asks: `${who} asks for RuntimeClass \`${name}\``,
        origin,
        lacks: 'does not list it',
        fact: ['runtimeClasses'],
        hint: `${chooseOrList(name, listed, 'runtimeClasses')}, or leave \`runtimeClassName\` out here`,
      },
      subject,
      report,
    );
  }
};

interface Asked {
  readonly who: string;
  readonly name: string;
  readonly origin: SpecOrigin | undefined;
}

function rendered({ objects }: Subject): Asked[] {
  return objects.flatMap((object) => {
    const name = podSpecOf(object.plain)?.runtimeClassName;
    if (typeof name !== 'string') return [];
    const origin = originAt(object, [...podSpecPath(object.kind), 'runtimeClassName']);
    return [{ who: `${object.kind}/${object.name}`, name, origin }];
  });
}

/** Of pods that are created at run time there is no object; their creator is told what the component says. */
function created({ system }: Subject): Asked[] {
  return system.components.flatMap(({ key, state, spec }) => {
    const { createdBy, runtimeClassName } = spec.value;
    if (state !== 'on' || createdBy === undefined || runtimeClassName === undefined) return [];
    return [{ who: `component \`${key}\``, name: String(runtimeClassName.value), origin: asSpec(runtimeClassName.origin) }];
  });
}
