import { didYouMean } from '../diagnostics/suggest.ts';
import { podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { itemsOf } from '../model/tracked.ts';
import { bringsAlong } from './brings-along.ts';
import { originAt } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

/** The runtime classes that pods name are ones of the cluster, or of the System itself. */
export const checkRuntimeClasses: Rule = (subject, report) => {
  const listed = itemsOf(subject.cluster.document.value.spec.value.runtimeClasses).map((name) => String(name.value));
  for (const object of subject.objects) {
    const name = podSpecOf(object.plain)?.runtimeClassName;
    if (typeof name !== 'string' || listed.includes(name) || bringsAlong(subject.objects, 'RuntimeClass', name)) continue;
    const suggestion = didYouMean(name, listed);
    reportLack(
      {
        code: 'runtime-class',
        asks: `${object.kind}/${object.name} asks for RuntimeClass \`${name}\``,
        origin: originAt(object, [...podSpecPath(object.kind), 'runtimeClassName']),
        lacks: 'does not list it',
        fact: ['runtimeClasses'],
        hint: `leave \`runtimeClassName\` out here, or list \`${name}\` under runtimeClasses if its nodes have that runtime${suggestion === undefined ? '' : `; ${suggestion}`}`,
      },
      subject,
      report,
    );
  }
};
