// What every object of tilt.dev/v1alpha1 has in common (reference 3.0).
// Objects that come out of the store are frozen all the way down; nobody changes one in place.

export const group = 'tilt.dev';
export const apiVersion = 'tilt.dev/v1alpha1';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: unknown;
  readonly subresource?: string;
}

export interface ObjectMeta {
  readonly name: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  /** RFC 3339, seconds. */
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** Any object of the API. `spec` and `status` are typed by the kind's own file. */
export interface ApiObject<Spec = unknown, Status = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: Spec;
  readonly status?: Status;
}

/** RFC 3339 with seconds, as metav1.Time is written. */
export function formatTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 with six decimals, as metav1.MicroTime is written. Our clock gives milliseconds. */
export function formatMicroTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 23)}000Z`;
}

/** Milliseconds since 1970 of a Time or MicroTime, or undefined for a missing or unreadable one. */
export function parseTime(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Annotations with a meaning (reference 3.0). */
export const annotations = {
  resource: 'tilt.dev/resource',
  targetId: 'tilt.dev/target-id',
  managedBy: 'tilt.dev/managed-by',
  spanId: 'tilt.dev/log-span-id',
  buttonType: 'tilt.dev/uibutton-type',
  updateMode: 'tilt.dev/update-mode',
  ownerName: 'tilt.dev/owner-name',
  ownerKind: 'tilt.dev/owner-kind',
  /** 'true' on the Cmd of a local_resource(tty=True): its process gets a terminal. */
  tty: 'tilt.dev/tty',
  depStatus: 'tilt.dev/dep-status',
} as const;

/** Name of the main Tiltfile's object and of its resource on the screen. */
export const mainTiltfile = '(Tiltfile)';
