// Port forwards of k8s_resource (reference 2.5).
import {
  asInt64,
  type Int,
  jsString,
  reprOf,
  StarlarkObject,
  starlarkString,
  textOf,
  type Value,
} from '../starlark/index.ts';
import type { PortForward } from './deployment-state.ts';
import { goTypeName } from './go-types.ts';
import { elements } from './parameters.ts';

/** What port_forward() gives. */
export class PortForwardValue extends StarlarkObject {
  readonly typeName = 'port_forward';
  readonly forward: PortForward;

  constructor(forward: PortForward) {
    super();
    this.forward = forward;
  }

  override repr(): string {
    const { localPort, containerPort, name } = this.forward;
    return starlarkString(
      `port_forward(local_port=${localPort}, container_port=${containerPort}, name=${JSON.stringify(name)})`,
    );
  }

  override hash(): number {
    throw new Error('unhashable type: port_forward');
  }
}

const highestPort = 65535;
const hostForm =
  /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])$/;

function plain(localPort: number, containerPort = 0, host = ''): PortForward {
  return { localPort, containerPort, host, name: '', path: '' };
}

function ofInt(value: Int): PortForward {
  let port: bigint | number;
  try {
    port = asInt64(value);
  } catch {
    throw new Error(`portForward port value ${value} is not representable as an int64`);
  }
  if (port < 0 || port > highestPort)
    throw new Error(`portForward port value ${value} is not in the valid range [0-65535]`);
  return plain(Number(port));
}

function ofText(text: string): PortForward {
  const [first = '', second, ...others] = text.split(':');
  if (others.length === 0) return plain(portOf(first), second === undefined ? 0 : portOf(second));
  const local = second!;
  // The message names the port, as Tilt's does.
  if (!hostForm.test(first))
    throw new Error(`portForward host value ${JSON.stringify(local)} is not a valid hostname or IP address`);
  return plain(portOf(local), portOf(others.join(':')), first);
}

function portOf(text: string): number {
  const port = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(port) || port < 0 || port > highestPort)
    throw new Error(`portForward port value ${JSON.stringify(text)} is not in the valid range [0-65535]`);
  return port;
}

function ofItem(value: Value): PortForward | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return ofInt(value);
  if (typeof value === 'string') return ofText(jsString(value));
  return value instanceof PortForwardValue ? value.forward : undefined;
}

/** One forward or a sequence of them; None is none. */
export function portForwards(value: Value | undefined): PortForward[] {
  if (value === undefined || value === null) return [];
  const one = ofItem(value);
  if (one) return [one];
  if (!(value instanceof StarlarkObject && value.iterate && value.length))
    throw new Error(`port_forwards must be an int, a port_forward, or a sequence of those; is a ${goTypeName(value)}`);
  return elements(value).map(item => {
    const forward = ofItem(item);
    if (forward) return forward;
    throw new Error(
      `port_forwards arg ${jsString(reprOf(value))} includes element ${jsString(textOf(item))} which must be an int or a port_forward; is a ${goTypeName(item)}`,
    );
  });
}
