import { load } from 'js-yaml';
import type { Any } from '../fleet.ts';
import { type Address, addressesIn, hostsByPlace } from './addresses-in.ts';
import type { PodSet, Render } from './render.ts';
import { type Text, textsOf } from './texts.ts';

export interface Edge extends Address {
  readonly from: PodSet;
  readonly where: string;
}

/** Every address that the pods of a render are told, once for each place. */
export function edgesOf(render: Render): Edge[] {
  return render.pods.flatMap((from) => {
    const texts = from.containers.flatMap((container) => textsOf(container, from, render));
    const edges = texts.flatMap(({ where, text }) =>
      [...addressesIn(text), ...hostsByPlace(text), ...inPrometheus(where, text), ...inFlink(where, text)].map((address) => ({
        from,
        where,
        ...address,
      })),
    );
    // A program says localhost where a variable is missing, and here none is.
    const told = edges.filter(({ where, host }) => !(where.endsWith('.py') && host === 'localhost'));
    const apart = from.containers.flatMap((container) => byVariables(textsOf(container, from, render), from));
    return [...new Map([...told, ...apart].map((edge) => [`${edge.where} ${edge.host} ${edge.port}`, edge])).values()];
  });
}

/** Host and port in variables of their own: `DB_HOST` and `DB_PORT`. */
function byVariables(texts: readonly Text[], from: PodSet): Edge[] {
  const values = new Map(texts.map(({ where, text }) => [where, text]));
  return texts.flatMap(({ where, text }) => {
    const [, prefix] = /^(|.*_|PG)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/.exec(where) ?? [];
    if (prefix === undefined || !/^[a-z0-9¤][a-z0-9.¤-]*$/.test(text)) return [];
    // What a server advertises, it may do on several ports.
    const ports = prefix === 'ADVERTISED_' ? ['CLIENT_PORT', 'INTERNAL_PORT'] : [`${prefix}PORT`];
    const known = ports.map((name) => Number(values.get(name))).filter(Number.isInteger);
    if (prefix === '' || known.length === 0) return [{ from, where, host: text }];
    return known.map((port) => ({ from, where, host: text, port }));
  });
}

/** A TaskManager needs two ports of the JobManager and is told neither. */
function inFlink(where: string, text: string): Address[] {
  const [, host] = (where === 'FLINK_PROPERTIES' && /^jobmanager\.rpc\.address: (\S+)$/m.exec(text)) || [];
  return host === undefined ? [] : [6123, 6124].map((port) => ({ host, port }));
}

/** The names that Prometheus asks DNS for. */
function inPrometheus(where: string, text: string): Address[] {
  if (!/^prometheus\.ya?ml$/.test(where)) return [];
  const { scrape_configs = [] } = load(text) as Any;
  return scrape_configs.flatMap((job: Any) =>
    (job.dns_sd_configs ?? []).flatMap((config: Any) =>
      config.names.map((host: string) => (config.port === undefined ? { host } : { host, port: config.port })),
    ),
  );
}
