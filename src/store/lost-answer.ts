import { Failure } from './fail.ts';

/** Nobody knows whether what was asked for has happened: the connection broke before the answer came. */
export class LostAnswer extends Failure {}
