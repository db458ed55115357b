/** Every code that a diagnostic can carry: what it means and what to do, in one place for the docs. */
export const diagnosticCodes = {
  'not-text': 'A file is not UTF-8 text, holds control characters, or is larger than the limits allow.',
  'yaml-syntax':
    'A file is not valid YAML 1.2, or uses what the language leaves out: several documents, keys that are not strings, tags.',
  'too-deep': 'A file nests deeper, or expands aliases further, than any real description does.',
  'reserved-key': 'A key such as `__proto__` has a meaning of its own in JavaScript and is refused everywhere.',
  'unknown-kind': 'The apiVersion and kind of a document do not fit the place where the file lies.',
  'unknown-field': 'A field that the language does not have: most often a slip of the pen.',
  'wrong-type': 'A value has another type or form than its field takes.',
  'missing-field': 'A field that must be there is not.',
  'misplaced-file':
    'A file or folder is where the fleet has no use for it, is a link, or carries a name other than its document says.',
  'name-conflict': 'Two things that must be told apart by name have the same one, or names that differ in case only.',
  'unknown-system': 'An environment names a System that does not exist.',
  'unknown-release': 'An environment names a release that does not exist.',
  'release-edited': 'A frozen release has been changed since it was made.',
  'unfrozen-release': 'A protected stage names the head of a System; it takes frozen releases only.',
  'unknown-stage': 'An environment names a stage that stowage.yaml does not declare.',
  pipeline:
    'A pipeline of stowage.yaml names an environment or a System that does not exist, an environment twice, or one that does not run its System.',
  'unknown-profile': 'A profile that the System does not have.',
  'unknown-component': 'A component that the System does not have.',
  'unknown-parameter': 'A parameter that the System does not declare.',
  'unknown-reference':
    'A name that does not exist: a group of environment variables, a config entry, a secret, a file, a port, a system in `after`.',
  'group-variable': 'A `null` for a variable that a shared group brings, which is taken with all that it holds.',
  'missing-parameter': 'A parameter without default that the environment gives no value.',
  'bad-parameter': 'A value that does not fit what its parameter declares.',
  'expression-syntax': 'An expression that is not valid CEL.',
  'expression-type': 'An expression whose types do not fit, or that names what does not exist.',
  'expression-failed': 'An expression that is well-formed and cannot be evaluated with these values.',
  'expression-cycle': 'Values that are computed from each other in a circle, or groups that take from each other in one.',
  'optional-reference': 'A plain `.` on an optional component; `.?` says what happens while it is off.',
  'dependency-cycle': 'Components, or systems of one environment, that wait for each other in a circle.',
  'switched-off': 'Something that is needed is switched off.',
  'secret-in-plain-text': 'A secret would land where it is readable: in a config file, a label, a name.',
  'not-sealed': 'A sealed file holds something readable where only ciphertext may stand.',
  'sealed-elsewhere': 'A sealed file was sealed for another namespace or name, so the cluster could not open it here.',
  'unsealed-secret': 'A secret that a protected stage needs has keys without a value.',
  'stale-composition': 'A text with secrets in it has changed since it was assembled and sealed.',
  'sealing-certificate': 'The certificate that a cluster names for sealing is none, or must not be used.',
  'secret-declaration':
    'What a System declares of a secret does not go together: a text composed of composed texts, or values that are made of each other.',
  'plaintext-secret':
    'What looks like a secret stands in a description or would stand in an object, readable for all who can read the repository.',
  'unused-waiver': 'A waiver of `notSecret` under which nothing looks like a secret.',
  'validation-failed': "A rule that the System's author wrote does not hold.",
  'incomplete-component':
    'A component lacks what its kind of workload needs; or it, a variable or a config file says two things that exclude each other.',
  'patch-matches-nothing': 'A patch whose target does not exist in this environment, or whose path does not exist in its target.',
  'object-conflict': 'Two objects of one environment have the same kind, namespace and name.',
  'unknown-kubernetes-field':
    'An object has a field that the Kubernetes version of its cluster does not know, or a value of the wrong type.',
  'unknown-kubernetes-kind':
    'A kind of Kubernetes that the version of the cluster does not have: it was removed, is not there yet, or never was.',
  'deprecated-kubernetes-kind': 'A kind that the Kubernetes version of the cluster still has and a later one will not.',
  'kubernetes-version': 'The cluster runs another Kubernetes version than the System requires or the compiler knows.',
  'custom-resource':
    'An object is of a kind that is not one of Kubernetes, that the cluster does not list and that the System does not bring along.',
  'storage-class':
    'A volume asks for a StorageClass or an access mode that the cluster does not list, or for a default class where none is.',
  'single-node-volume':
    'Pods that may run on several nodes, at once or while one replaces another, with a volume that one node has at a time.',
  'ingress-class': 'An ingress asks for an IngressClass that the cluster does not list, or for a default class where none is.',
  'runtime-class': 'A pod asks for a RuntimeClass that neither the cluster lists nor the System brings along.',
  'gpu-pool': 'A component asks for GPUs of a pool that the cluster does not have, or for more than the pool has.',
  'load-balancer': 'A Service of type LoadBalancer on a cluster that does not say that it gives such Services an address.',
  'metrics-server': 'An autoscaler on CPU or memory on a cluster that does not say that it measures them.',
  'pod-security':
    'A pod that the Pod Security level of its namespace does not admit: it asks for more than its component says by `podSecurity`.',
  'bad-image': 'An image that no registry can have: its name, tag or digest is not written as one.',
  'image-tag': 'An image without a tag, or with one that moves.',
  'host-conflict': 'Two ingresses of one cluster claim the same host and path.',
  'node-port': 'A node port outside the range of the cluster, or one that two Services claim.',
  'blocked-disruption': 'A disruption budget that lets no pod go, so that nodes cannot be drained.',
  'autoscale-conflict':
    'An autoscaler that cannot work: bounds the wrong way round, nothing to scale by, or a target without the request that it is measured against.',
  'over-budget': 'What is requested at minimum scale is more than the budget of the system or of its environment.',
  'over-capacity': 'What all environments of a cluster request at minimum scale is more than the cluster has.',
  'scale-beyond-capacity':
    'What all environments of a cluster would request with every autoscaler at its maximum is more than the cluster has.',
  'unexpanded-variable': 'A $(VAR) where Kubernetes does not expand it.',
  'hand-edited':
    'A generated file was edited by hand, or has other line endings than it was written with; it is neither overwritten nor removed without being named.',
  'foreign-file': 'A file that Stowage did not write stands where a generated one belongs.',
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
