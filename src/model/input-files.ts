/** The bytes of every input by its path relative to the fleet's folder, with forward slashes. */
export type InputFiles = ReadonlyMap<string, Uint8Array>;
