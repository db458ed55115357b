import { askFacts } from '../cluster/facts/ask-facts.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { openClusterApi } from '../cluster/open-cluster-api.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { readCluster } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { Failure } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { writeInputs } from '../store/write-inputs.ts';
import { askCertificate } from './ask-certificate.ts';
import { contextOf } from './cluster-context.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { planCapabilities } from './plan-capabilities.ts';
import { type CapabilitiesOptions, tellCapabilities } from './tell-capabilities.ts';

/** Writes into cluster.yaml what the cluster tells of itself: ask → plan → write. */
export async function capabilitiesCommand(name: string, options: CapabilitiesOptions, context: CommandContext): Promise<number> {
  const fleet = fleetFolder(options, context);
  const inputs = sortInputs(
    gatherInputs(fleet, () => {}),
    () => {},
  );
  const input = inputs.clusters.find((one) => one.name === name);
  if (input === undefined) {
    const names = inputs.clusters.map((one) => one.name);
    throw new UsageError(`there is no cluster \`${name}\``, didYouMean(name, names) ?? `there are ${names.join(', ') || 'none'}`);
  }
  const cluster = readCluster(inputs.files, input, () => {});
  if (cluster === undefined) throw new Failure(`${input.path} has problems`, '`stowage compile --check` tells them');
  const config = await loadKubeConfig(contextOf(cluster, options.context, context.environment));
  const api = await openClusterApi({ config, signal: context.signal });
  try {
    const live = await askFacts(api);
    const certificate = await askCertificate(config, cluster, live, context.signal);
    const plan = planCapabilities(inputs, cluster, live, certificate);
    const written = plan.changes.length > 0 && options.check !== true;
    if (written) writeInputs(fleet, plan.files, inputs.files);
    return tellCapabilities({ cluster: name, server: api.server, path: input.path, written, ...plan }, options, context);
  } finally {
    api.close();
  }
}
