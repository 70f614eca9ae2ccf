// Kinds that people press: UIButton (3.19) and ToggleButton (3.18).
import type { ApiObject } from './meta.ts';
import type { ComponentLocation } from './shared-types.ts';

export interface UIInputSpec {
  readonly name: string;
  readonly label?: string;
  readonly text?: { readonly defaultValue?: string; readonly placeholder?: string };
  readonly bool?: { readonly defaultValue?: boolean; readonly trueString?: string; readonly falseString?: string };
  readonly hidden?: { readonly value: string };
  readonly choice?: { readonly choices?: readonly string[] };
}

export interface UIInputStatus {
  readonly name: string;
  readonly text?: { readonly value?: string };
  readonly bool?: { readonly value?: boolean };
  readonly hidden?: { readonly value?: string };
  readonly choice?: { readonly value?: string };
}

export interface UIButtonSpec {
  readonly location: ComponentLocation;
  readonly text: string;
  readonly iconName?: string;
  readonly iconSVG?: string;
  readonly disabled?: boolean;
  readonly requiresConfirmation?: boolean;
  readonly inputs?: readonly UIInputSpec[];
}

export interface UIButtonStatus {
  /** MicroTime. A client clicks by writing a newer one through the status subresource. */
  readonly lastClickedAt?: string;
  readonly inputs?: readonly UIInputStatus[];
}

export type UIButton = ApiObject<UIButtonSpec, UIButtonStatus>;

export interface ToggleSide {
  readonly text: string;
  readonly iconName?: string;
  readonly iconSVG?: string;
  readonly requiresConfirmation?: boolean;
}

export interface ToggleButtonSpec {
  readonly location: ComponentLocation;
  readonly on: ToggleSide;
  readonly off: ToggleSide;
  readonly defaultOn: boolean;
  readonly stateSource: {
    readonly configMap?: {
      readonly name: string;
      readonly key: string;
      readonly onValue?: string;
      readonly offValue?: string;
    };
  };
}

export interface ToggleButtonStatus {
  readonly error?: string;
}

export type ToggleButton = ApiObject<ToggleButtonSpec, ToggleButtonStatus>;
