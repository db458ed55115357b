import type { DesiredObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

interface Measured {
  readonly what: string;
  readonly path: readonly (string | number)[];
}

/** An autoscaler on CPU or memory never scales where nothing measures them; custom metrics come from elsewhere. */
export const checkMetricsServer: Rule = (subject, report) => {
  const fact = subject.cluster.document.value.spec.value.metricsServer;
  if (fact?.value === true) return;
  for (const object of subject.objects) {
    const measured = object.kind === 'HorizontalPodAutoscaler' ? measuredBy(object) : undefined;
    if (measured === undefined) continue;
    reportLack(
      {
        code: 'metrics-server',
        asks: `HorizontalPodAutoscaler/${object.name} asks for the ${measured.what} of its pods`,
        origin: originAt(object, measured.path),
        lacks: fact === undefined ? 'does not say that it measures them' : 'does not measure them',
        fact: ['metricsServer'],
        hint: 'take fixed `replicas` or custom metrics here, or say `metricsServer: true` if metrics-server runs there',
      },
      subject,
      report,
    );
  }
};

function measuredBy(object: DesiredObject): Measured | undefined {
  const spec = asMap(object.plain.spec);
  const metrics = object.apiVersion === 'autoscaling/v1' ? [] : asList(spec?.metrics);
  // Without any metric Kubernetes takes the CPU; a component that names none is told of that.
  if (metrics.length === 0) return object.component !== undefined ? undefined : { what: 'cpu', path: ['spec'] };
  for (const [index, metric] of metrics.entries()) {
    const type = asMap(metric)?.type;
    const field = type === 'Resource' ? 'resource' : type === 'ContainerResource' ? 'containerResource' : undefined;
    if (field === undefined) continue;
    const path = ['spec', 'metrics', index, field, 'target', 'averageUtilization'];
    return { what: String(asMap(metric[field])?.name), path };
  }
  return undefined;
}
