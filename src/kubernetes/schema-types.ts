export type Scope = 'Namespaced' | 'Cluster';

export type ScalarType =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'integer'
  | 'number'
  | 'quantity'
  | 'int-or-string'
  | 'base64'
  | 'anything';

interface Patched {
  patchStrategy?: string;
  mergeKey?: string;
  /** The keys that together identify an element, where they are more than the merge key. */
  mapKeys?: string[];
}

export interface ObjectSchema extends Patched {
  type: 'object';
  properties: Record<string, Schema>;
  required?: string[];
  /** Takes fields that the schema does not list. */
  open?: boolean;
}

export interface ListSchema extends Patched {
  type: 'list';
  items: Schema;
}

export interface MapSchema extends Patched {
  type: 'map';
  values: Schema;
}

export interface ChoiceSchema extends Patched {
  type: 'choice';
  values: (string | number | boolean)[];
}

export interface ReferenceSchema extends Patched {
  type: 'reference';
  definition: string;
}

export type StructuredSchema = ObjectSchema | ListSchema | MapSchema | ChoiceSchema | ReferenceSchema;

/** A text is a scalar type or the name of a definition; only names of definitions contain a dot. */
export type Schema = string | StructuredSchema;

export interface KindName {
  apiVersion: string;
  kind: string;
}

export interface Deprecation {
  deprecatedIn?: string;
  removedIn?: string;
  replacement?: KindName;
}

export interface Removal {
  removedIn: string;
  replacement?: KindName;
}

export interface KindSchema {
  scope: Scope;
  definition: string;
  /** Defined by a CustomResourceDefinition rather than by Kubernetes itself. */
  custom?: boolean;
  deprecated?: Deprecation;
}

export interface KubernetesSchemas {
  minor: string;
  /** The Kubernetes release the schemas were captured from. */
  version: string;
  kinds: Record<string, Record<string, KindSchema>>;
  removed: Record<string, Record<string, Removal>>;
  definitions: Definitions;
}

export interface Definitions {
  get(name: string): Schema | undefined;
  names(): string[];
}
