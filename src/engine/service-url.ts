// The address under which a Service of a cluster can be reached from outside (reference 4.10, LB links).

export interface ServiceObject {
  readonly spec?: {
    readonly type?: string;
    readonly ports?: readonly { readonly port: number; readonly nodePort?: number }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

/** Of its first port; undefined when nobody outside reaches it. `nodeAddress`: where node ports are open, if anywhere. */
export function serviceUrl({ spec = {}, status }: ServiceObject, nodeAddress: string | undefined): string | undefined {
  const port = spec.ports?.[0];
  if (!port) return undefined;
  for (const { ip, hostname } of status?.loadBalancer?.ingress ?? []) {
    const host = hostname || ip;
    if (host) return `http://${bracketed(host)}:${spec.type === 'NodePort' ? port.nodePort : port.port}/`;
  }
  return nodeAddress && port.nodePort ? `http://${bracketed(nodeAddress)}:${port.nodePort}/` : undefined;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
