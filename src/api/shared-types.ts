// Pieces that several kinds use (reference 3.0, 3.2).

export interface DisableSource {
  readonly configMap?: { readonly name: string; readonly key: string };
  readonly everyConfigMap?: readonly { readonly name: string; readonly key: string }[];
}

export type DisableState = '' | 'Pending' | 'Enabled' | 'Disabled' | 'Error';

export interface DisableStatus {
  readonly disabled: boolean;
  readonly state: DisableState;
  readonly reason?: string;
  readonly lastUpdateTime?: string;
}

export interface RestartOn {
  readonly fileWatches?: readonly string[];
  readonly uiButtons?: readonly string[];
}

export interface StartOn {
  readonly startAfter?: string;
  readonly uiButtons: readonly string[];
}

export interface StopOn {
  readonly uiButtons: readonly string[];
}

/** Empty patterns: the whole of basePath; else dockerignore syntax anchored at basePath. */
export interface IgnoreDef {
  readonly basePath: string;
  readonly patterns?: readonly string[];
}

export interface Probe {
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: {
    readonly port: number;
    readonly host?: string;
    readonly path?: string;
    readonly scheme?: 'HTTP' | 'HTTPS' | string;
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly tcpSocket?: { readonly port: number; readonly host?: string };
}

export interface ComponentLocation {
  readonly componentID: string;
  readonly componentType: string;
}

export interface Link {
  readonly url: string;
  readonly name?: string;
}
