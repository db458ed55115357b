import * as z from 'zod';
import {
  absolutePath,
  annotations,
  cidr,
  dnsLabel,
  dnsName,
  hostName,
  identifier,
  ipAddress,
  kubernetesObject,
  type Language,
  port,
  portName,
  servedHost,
} from './scalars.ts';

export function portsSchema({ value }: Language) {
  return z
    .record(
      portName,
      z.union([
        value(port),
        z.strictObject({
          port: value(port).optional().describe('Port of the container and, unless servicePort says otherwise, of the Service'),
          servicePort: value(port).optional().describe('Port of the Service, where it is not that of the container'),
          protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional().describe('Protocol of the port; by default TCP'),
          expose: z.boolean().optional().describe('false: not in the Service'),
          nodePort: value(port)
            .optional()
            .describe('Port on every node, of a Service of type NodePort or LoadBalancer; by default the cluster chooses'),
        }),
      ]),
    )
    .describe('Ports of the main container by name; the Service offers the same');
}

/** Of another component, under `needs` and `talksTo`. */
export function mentionSchema() {
  return z.strictObject({
    component: dnsLabel.describe('The other component'),
    ports: z
      .array(portName)
      .min(1)
      .optional()
      .describe('Those of its ports that this is about; by default those that references name, or all'),
  });
}

export function serviceSchema({ value }: Language) {
  return z
    .union([
      z.literal(false),
      z.strictObject({
        name: dnsLabel.optional().describe("Name of the Service; by default the workload's name"),
        type: value(z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']))
          .optional()
          .describe(
            'Reachable inside the cluster (ClusterIP, the default), on a port of every node, or at an address of its own',
          ),
        headless: z.boolean().optional().describe('true: the Service itself is headless'),
        peers: z
          .union([
            z.literal(false),
            z.strictObject({
              name: dnsLabel.optional().describe('Its name; by default <name>-headless'),
              publishNotReadyAddresses: z
                .boolean()
                .optional()
                .describe('Whether peers find each other before they are ready; by default true'),
            }),
          ])
          .optional()
          .describe('The second, headless Service of a StatefulSet, by default <name>-headless; false for none'),
        publishNotReadyAddresses: z.boolean().optional().describe('true: DNS also gives pods that are not ready'),
        annotations: annotations.optional().describe('Annotations of the Service'),
        sessionAffinity: z
          .enum(['None', 'ClientIP'])
          .optional()
          .describe('ClientIP: a client stays with one pod; by default None'),
        externalTrafficPolicy: z
          .enum(['Cluster', 'Local'])
          .optional()
          .describe(
            "Local: traffic from outside goes only to pods of the node it arrives at, and keeps the client's address; by default Cluster",
          ),
        loadBalancerSourceRanges: z.array(cidr).optional().describe('Who may use the load balancer; by default everybody'),
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
        type: z
          .enum(['ClusterIP', 'NodePort', 'LoadBalancer'])
          .optional()
          .describe('As of `service`: ClusterIP (the default), NodePort or LoadBalancer'),
        headless: z.boolean().optional().describe('true: its name resolves to the addresses of the pods'),
        ports: z.array(identifier).min(1).optional().describe('Names of the ports that it offers; by default those of `service`'),
        publishNotReadyAddresses: z.boolean().optional().describe('true: DNS also gives pods that are not ready'),
        annotations: annotations.optional().describe('Annotations of this Service'),
      }),
    )
    .describe('Further Services over the same pods, such as a headless one or one for a port that only some may reach');
}

export function ingressSchema({ value }: Language) {
  return z
    .strictObject({
      optional: z.boolean().optional().describe('true: off until a profile or environment says `enabled: true`'),
      enabled: value(z.boolean()).optional().describe('On or off, of an ingress that is optional'),
      name: dnsLabel.optional().describe("By default the workload's name; components that give the same name share one Ingress"),
      className: value(dnsName).optional().describe("By default the cluster's default ingress class"),
      host: value(servedHost)
        .optional()
        .describe(
          'Host name that it answers to, or `*.example.com` for all just below that; must be said, here or in a layer above',
        ),
      path: value(absolutePath).optional().describe('Path that leads here; by default /'),
      pathType: z
        .enum(['Prefix', 'Exact', 'ImplementationSpecific'])
        .optional()
        .describe(
          'Whether all below the path is meant (Prefix, the default), the path alone (Exact), or what the controller makes of it',
        ),
      port: value(z.union([identifier, port]))
        .optional()
        .describe('Port of the Service; by default the first by TCP, or else the first'),
      annotations: annotations.optional().describe('Annotations of the Ingress; settings of its controller mostly'),
      tls: z
        .strictObject({
          secretName: value(dnsName).optional().describe('By default <name>-tls'),
          issuer: value(dnsName).optional().describe('A ClusterIssuer of cert-manager, named by annotation'),
          certificate: z
            .strictObject({
              issuer: value(dnsName).optional().describe('The ClusterIssuer of cert-manager that signs it'),
              duration: z.string().optional().describe("How long it is valid, such as 2160h; by default cert-manager's 90 days"),
              renewBefore: z
                .string()
                .optional()
                .describe('How long before its end it is renewed, such as 360h; by default a third of that time'),
            })
            .optional()
            .describe('An explicit Certificate in place of the annotation'),
        })
        .optional()
        .describe('Serve `host` by HTTPS; with no issuer the certificate is that of a Secret that is there already'),
    })
    .describe('An Ingress to this component');
}

export function externalSchema({ value }: Language) {
  return z
    .strictObject({
      host: value(hostName).optional().describe('Its DNS name; left out, that in `url`'),
      port: value(port).optional().describe('For a component with one port'),
      ports: z
        .record(identifier, value(port))
        .optional()
        .describe("Its ports by the component's names, where they are others than the component's own"),
      url: value(z.string()).optional().describe('What `.url` is; host and port are read from it when they are not given'),
      address: value(ipAddress)
        .optional()
        .describe(
          'IP address of a host without a name in DNS: a Service without selector and its EndpointSlice lead there, and `host` is that Service',
        ),
      service: dnsLabel.optional().describe("Name of the Service that leads to `address`; by default the component's own"),
      cidr: value(cidr).optional().describe('Addresses that the network policy opens; left out, any address on these ports'),
      cidrs: z.array(value(cidr)).optional().describe('Several such ranges, besides that of `cidr`'),
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
