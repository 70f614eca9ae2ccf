// Every kind by name, for typed access to the store and the client. Served kinds that get their life in later
// issues are typed there; until then they are ApiObject.

import type { ToggleButton, UIButton } from './kinds-buttons.ts';
import type { BuildState, Manifest, TriggerQueue } from './kinds-internal.ts';
import type {
  Cluster,
  ImageMap,
  KubernetesApply,
  KubernetesDiscovery,
  PodLogStream,
  PortForward,
} from './kinds-kubernetes.ts';
import type { Cmd, ConfigMap, FileWatch } from './kinds-local.ts';
import type { Session, Tiltfile, UIResource, UISession } from './kinds-session.ts';
import type { ApiObject } from './meta.ts';

export interface Kinds {
  Cluster: Cluster;
  Cmd: Cmd;
  CmdImage: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  ConfigMap: ConfigMap;
  DockerComposeLogStream: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  DockerComposeService: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  DockerImage: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  Extension: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  ExtensionRepo: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  FileWatch: FileWatch;
  ImageMap: ImageMap;
  KubernetesApply: KubernetesApply;
  KubernetesDiscovery: KubernetesDiscovery;
  LiveUpdate: ApiObject<Record<string, unknown>, Record<string, unknown>>;
  PodLogStream: PodLogStream;
  PortForward: PortForward;
  Session: Session;
  Tiltfile: Tiltfile;
  ToggleButton: ToggleButton;
  UIButton: UIButton;
  UIResource: UIResource;
  UISession: UISession;
  Manifest: Manifest;
  BuildState: BuildState;
  TriggerQueue: TriggerQueue;
}

export type Kind = keyof Kinds;
