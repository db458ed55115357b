import type { ChangePart } from '../../report/report.ts';

export type Fold = ChangePart['folds'][number];
export type ObjectChange = Fold['objects'][number];
export type FieldChange = ObjectChange['fields'][number];
export type FoldedHazard = ChangePart['hazards'][number];
