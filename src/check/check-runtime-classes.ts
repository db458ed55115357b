import { podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { itemsOf } from '../model/tracked.ts';
import { bringsAlong } from './brings-along.ts';
import { originAt } from './find-origin.ts';
import { chooseOrList, reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

/** The runtime classes that pods name are ones of the cluster, or of the System itself. */
export const checkRuntimeClasses: Rule = (subject, report) => {
  const listed = itemsOf(subject.cluster.document.value.spec.value.runtimeClasses).map((name) => String(name.value));
  for (const object of subject.objects) {
    const name = podSpecOf(object.plain)?.runtimeClassName;
    if (typeof name !== 'string' || listed.includes(name) || bringsAlong(subject.objects, 'RuntimeClass', name)) continue;
    reportLack(
      {
        code: 'runtime-class',
        asks: `${object.kind}/${object.name} asks for RuntimeClass \`${name}\``,
        origin: originAt(object, [...podSpecPath(object.kind), 'runtimeClassName']),
        lacks: 'does not list it',
        fact: ['runtimeClasses'],
        hint: `${chooseOrList(name, listed, 'runtimeClasses')}, or leave \`runtimeClassName\` out here`,
      },
      subject,
      report,
    );
  }
};
