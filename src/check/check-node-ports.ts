import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

const usual = '30000-32767';

/** A Service with a node port outside the range of its cluster is refused as a whole. */
export const checkNodePorts: Rule = (subject, report) => {
  const fact = subject.cluster.document.value.spec.value.nodePorts?.value;
  const range = fact ?? usual;
  const [lowest = 0, highest = 0] = range.split('-').map(Number);
  for (const object of subject.objects) {
    if (object.kind !== 'Service') continue;
    for (const [index, { nodePort }] of asList(asMap(object.plain.spec)?.ports).entries()) {
      if (typeof nodePort !== 'number' || (nodePort >= lowest && nodePort <= highest)) continue;
      reportLack(
        {
          code: 'node-port',
          asks: `Service/${object.name} asks for node port ${nodePort}`,
          origin: originAt(object, ['spec', 'ports', index, 'nodePort']),
          lacks: `gives those of ${range}${fact === undefined ? ', as is usual' : ''}`,
          fact: ['nodePorts'],
          hint: 'take a port of that range, or say `nodePorts: <from>-<to>` if the API server there has another',
        },
        subject,
        report,
      );
    }
  }
};
