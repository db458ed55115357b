import * as z from 'zod';
import {
  absolutePath,
  annotations,
  cidr,
  dnsLabel,
  dnsName,
  identifier,
  ipAddress,
  kubernetesObject,
  type Language,
  port,
  portName,
} from './scalars.ts';

export function portsSchema({ value }: Language) {
  return z
    .record(
      portName,
      z.union([
        value(port),
        z.strictObject({
          port: value(port).optional().describe('Port of the container and, unless servicePort says otherwise, of the Service'),
          servicePort: value(port).optional(),
          protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
          expose: z.boolean().optional().describe('false: not in the Service'),
          nodePort: value(port).optional(),
        }),
      ]),
    )
    .describe('Ports of the main container by name; the Service offers the same');
}

export function serviceSchema({ value }: Language) {
  return z
    .union([
      z.literal(false),
      z.strictObject({
        name: dnsLabel.optional(),
        type: value(z.enum(['ClusterIP', 'NodePort', 'LoadBalancer'])).optional(),
        headless: z.boolean().optional().describe('true: the Service itself is headless'),
        peers: z
          .union([
            z.literal(false),
            z.strictObject({ name: dnsLabel.optional(), publishNotReadyAddresses: z.boolean().optional() }),
          ])
          .optional()
          .describe('The second, headless Service of a StatefulSet, by default <name>-headless'),
        publishNotReadyAddresses: z.boolean().optional(),
        annotations: annotations.optional(),
        sessionAffinity: z.enum(['None', 'ClientIP']).optional(),
        externalTrafficPolicy: z.enum(['Cluster', 'Local']).optional(),
        loadBalancerSourceRanges: z.array(cidr).optional(),
      }),
    ])
    .describe('The Service over `ports`; false for none');
}

export function furtherServicesSchema(_: Language) {
  return z
    .record(
      dnsLabel,
      z.strictObject({
        name: dnsLabel.optional().describe('By default <name>-<key>'),
        type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).optional(),
        headless: z.boolean().optional().describe('true: its name resolves to the addresses of the pods'),
        ports: z.array(identifier).min(1).optional().describe('Names of the ports that it offers; by default those of `service`'),
        publishNotReadyAddresses: z.boolean().optional(),
        annotations: annotations.optional(),
      }),
    )
    .describe('Further Services over the same pods, such as a headless one or one for a port that only some may reach');
}

export function ingressSchema({ value }: Language) {
  return z
    .strictObject({
      optional: z.boolean().optional().describe('true: off until a profile or environment says `enabled: true`'),
      enabled: value(z.boolean()).optional(),
      name: dnsLabel.optional().describe("By default the workload's name; components that give the same name share one Ingress"),
      className: value(dnsName).optional().describe("By default the cluster's default ingress class"),
      host: value(dnsName).optional(),
      path: value(absolutePath).optional(),
      pathType: z.enum(['Prefix', 'Exact', 'ImplementationSpecific']).optional(),
      port: value(z.union([identifier, port]))
        .optional()
        .describe('Port of the Service; by default the first'),
      annotations: annotations.optional(),
      tls: z
        .strictObject({
          secretName: value(dnsName).optional().describe('By default <name>-tls'),
          issuer: value(dnsName).optional().describe('A ClusterIssuer of cert-manager, named by annotation'),
          certificate: z
            .strictObject({
              issuer: value(dnsName).optional(),
              duration: z.string().optional(),
              renewBefore: z.string().optional(),
            })
            .optional()
            .describe('An explicit Certificate in place of the annotation'),
        })
        .optional(),
    })
    .describe('An Ingress to this component');
}

export function externalSchema({ value }: Language) {
  return z
    .strictObject({
      host: value(z.string()).optional(),
      port: value(port).optional().describe('For a component with one port'),
      ports: z.record(identifier, value(port)).optional(),
      url: value(z.string()).optional().describe('What `.url` is; host and port are read from it when they are not given'),
      address: value(ipAddress)
        .optional()
        .describe(
          'IP address of a host without a name in DNS: a Service without selector and its EndpointSlice lead there, and `host` is that Service',
        ),
      service: dnsLabel.optional().describe("Name of the Service that leads to `address`; by default the component's own"),
      cidr: value(cidr).optional().describe('Addresses that the network policy opens; left out, any address on these ports'),
      cidrs: z.array(value(cidr)).optional(),
    })
    .describe('Use a service outside the cluster in place of this component; those who refer to it do not change');
}

export function networkSchema(_: Language) {
  const peers = z.array(kubernetesObject).optional();
  return z
    .strictObject({
      ingress: peers.describe('Further ingress rules of a NetworkPolicy'),
      egress: peers.describe('Further egress rules'),
    })
    .describe('Further network policy rules, in the words of Kubernetes');
}
