// Renders the fleet of the benchmark, all environments in one process, a YAML stream for each environment and system:
//   jsonnet -S -c -m <folder> --tla-code-file environments=environments.json fleet.jsonnet
local objectsOf = import 'system.libsonnet';

function(environments) {
  [environment.name + '/' + system + '.yaml']: std.manifestYamlStream(
    objectsOf(system, environment, environment.systems[system]), quote_keys=false, c_document_end=false
  )
  for environment in environments
  for system in std.objectFields(environment.systems)
}
