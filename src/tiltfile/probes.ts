// Readiness probes as values (reference 2.7).
import type { Probe } from '../api/shared-types.ts';
import { Struct, starlarkString, type Value } from '../starlark/index.ts';

export type ProbeAction =
  | { readonly kind: 'exec'; readonly spec: NonNullable<Probe['exec']> }
  | { readonly kind: 'httpGet'; readonly spec: NonNullable<Probe['httpGet']> }
  | { readonly kind: 'tcpSocket'; readonly spec: NonNullable<Probe['tcpSocket']> };

/** What exec_action, http_get_action and tcp_socket_action give. */
export class ProbeActionValue extends Struct {
  readonly action: ProbeAction;

  constructor(brand: string, action: ProbeAction, fields: Readonly<Record<string, Value>>) {
    super(starlarkString(brand), Object.entries(fields));
    this.action = action;
  }
}

/** What probe() gives. */
export class ProbeValue extends Struct {
  readonly spec: Probe;

  constructor(spec: Probe, fields: Readonly<Record<string, Value>>) {
    super(starlarkString('Probe'), Object.entries(fields));
    this.spec = spec;
  }
}
