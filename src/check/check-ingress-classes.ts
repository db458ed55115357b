import { asMap } from '../model/pod-specs.ts';
import { entriesOf } from '../model/tracked.ts';
import { bringsAlong } from './brings-along.ts';
import { originAt } from './find-origin.ts';
import { chooseOrList, reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

const legacyAnnotation = 'kubernetes.io/ingress.class';

/** Ingresses against the ingress classes of the cluster: the class that is named, or the default one. */
export const checkIngressClasses: Rule = (subject, report) => {
  const { ingressClasses } = subject.cluster.document.value.spec.value;
  const classes = entriesOf(ingressClasses);
  for (const object of subject.objects) {
    if (object.kind !== 'Ingress') continue;
    const field = asMap(object.plain.spec)?.ingressClassName;
    const name = field ?? asMap(asMap(object.plain.metadata)?.annotations)?.[legacyAnnotation];
    if (typeof name === 'string') {
      if (classes.some(([listed]) => listed === name) || bringsAlong(subject.objects, 'IngressClass', name)) continue;
      reportLack(
        {
          code: 'ingress-class',
          asks: `Ingress/${object.name} asks for IngressClass \`${name}\``,
          origin: originAt(
            object,
            field === undefined ? ['metadata', 'annotations', legacyAnnotation] : ['spec', 'ingressClassName'],
          ),
          lacks: 'does not list it',
          fact: ['ingressClasses'],
          hint: chooseOrList(
            name,
            classes.map(([listed]) => listed),
            'ingressClasses',
          ),
        },
        subject,
        report,
      );
    } else if (ingressClasses !== undefined && !classes.some(([, facts]) => facts.value.default?.value === true)) {
      reportLack(
        {
          code: 'ingress-class',
          asks: `Ingress/${object.name} asks for the default IngressClass`,
          origin: originAt(object, ['spec']),
          lacks: 'lists none that is the default',
          fact: ['ingressClasses'],
          hint: 'say `className: …` of the ingress, or `default: true` of the class that is the default',
        },
        subject,
        report,
      );
    }
  }
};
