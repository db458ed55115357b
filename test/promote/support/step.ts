import fc from 'fast-check';
import { type EnvironmentName, environments, type SystemName, systems } from './four-environments.ts';

/** Something that happens to the repository; `which` picks one of the open pull requests. */
export type Step =
  | { readonly do: 'promote'; readonly system: SystemName; readonly to: EnvironmentName; readonly as: 'usual' | 'with hold' }
  | { readonly do: 'override'; readonly system: SystemName; readonly to: EnvironmentName; readonly from: 'dev' | undefined }
  | { readonly do: 'roll back'; readonly system: SystemName; readonly environment: EnvironmentName }
  | { readonly do: 'bump'; readonly system: SystemName; readonly in: 'head' | 'dev' | 'staging'; readonly version: number }
  | { readonly do: 'edit'; readonly edit: HandEdit; readonly compiled: boolean }
  | { readonly do: 'freeze'; readonly system: SystemName }
  | { readonly do: 'repair' }
  | { readonly do: 'due' }
  | { readonly do: 'merge' | 'close' | 'approve'; readonly which: number }
  | { readonly do: 'push'; readonly which: number; readonly edit: 'comment' | 'local' }
  | {
      readonly do: 'pass';
      readonly followed: readonly EnvironmentName[];
      readonly sick: SystemName | undefined;
      readonly minutes: number;
    };

/** What a person does to the branch with an editor. */
export interface HandEdit {
  readonly kind: 'local' | 'hold' | 'comment' | 'carry' | 'head' | 'broken';
  readonly system: SystemName;
  readonly environment: EnvironmentName;
  readonly value: number;
}

const system = fc.constantFrom(...systems);
const environment = fc.constantFrom(...environments);
const later = fc.constantFrom('staging' as const, 'staging' as const, 'prod-a' as const, 'prod-b' as const);
const which = fc.nat({ max: 5 });
const often = { arbitrary: fc.constant(true), weight: 6 };

const handEdit: fc.Arbitrary<HandEdit> = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constantFrom('carry' as const, 'head' as const), weight: 6 },
    { arbitrary: fc.constantFrom('local' as const, 'hold' as const, 'comment' as const), weight: 5 },
    { arbitrary: fc.constant('broken' as const), weight: 1 },
  ),
  system,
  environment,
  value: fc.integer({ min: 1, max: 9 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant('promote' as const),
      system,
      to: later,
      as: fc.constantFrom('usual' as const, 'usual' as const, 'with hold' as const),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('override' as const),
      system,
      to: later,
      from: fc.constantFrom('dev' as const, undefined),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ do: fc.constant('roll back' as const), system, environment }), weight: 3 },
  {
    arbitrary: fc.record({
      do: fc.constant('bump' as const),
      system,
      in: fc.constantFrom('head' as const, 'dev' as const, 'dev' as const, 'staging' as const),
      version: fc.integer({ min: 1, max: 9 }),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      edit: handEdit,
      compiled: fc.oneof(often, { arbitrary: fc.constant(false), weight: 1 }),
    }),
    weight: 5,
  },
  { arbitrary: fc.record({ do: fc.constant('freeze' as const), system }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('repair' as const) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('due' as const) }), weight: 4 },
  { arbitrary: fc.record({ do: fc.constant('merge' as const), which }), weight: 7 },
  { arbitrary: fc.record({ do: fc.constant('approve' as const), which }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('close' as const), which }), weight: 1 },
  {
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      which,
      edit: fc.constantFrom('comment' as const, 'local' as const),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      followed: fc.oneof(
        { arbitrary: fc.constant([...environments]), weight: 4 },
        { arbitrary: fc.subarray([...environments]), weight: 1 },
      ),
      sick: fc.oneof({ arbitrary: fc.constant(undefined), weight: 7 }, { arbitrary: system, weight: 1 }),
      minutes: fc.constantFrom(10, 45, 150, 150, 600),
    }),
    weight: 6,
  },
);

export interface Schedule {
  /** Whether promotions to staging are merged without a person. */
  readonly staging: 'automatic' | 'manual';
  readonly steps: readonly Step[];
}

export const schedule = (length: number): fc.Arbitrary<Schedule> =>
  fc.record({
    staging: fc.constantFrom('manual' as const, 'automatic' as const),
    steps: fc.array(step, { minLength: length, maxLength: length + 4, size: 'max' }),
  });
