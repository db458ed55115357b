import { hasErrors } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { limits } from '../read/limits.ts';
import { type Assembled, assembleValues, isIndependent, type Lack, type Values } from '../sealing/assemble-values.ts';
import {
  type Left,
  needsCertificate,
  open,
  type PlannedFile,
  planCertificateRotation,
  planSealing,
} from '../sealing/plan-sealing.ts';
import { isSealedValue, type Workbench } from '../sealing/seal-key.ts';
import { keyState } from '../sealing/seal-status.ts';
import type { SealedFile } from '../sealing/sealed-file.ts';
import { type IsChosen, type SealingKey, type SealingTarget, sealedPath, valueId } from '../sealing/sealing-target.ts';
import { keptMacKey } from '../store/mac-key.ts';
import { writeInputs } from '../store/write-inputs.ts';
import { askForValues } from './ask-for-values.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { readPrivateKeys } from './read-private-keys.ts';
import { readValues } from './read-values.ts';
import type { SealOptions, Way } from './seal-options.ts';
import { type SealReport, tellSealing } from './seal-report.ts';
import { sealedFiles } from './sealed-files.ts';
import { sealingCertificate } from './sealing-certificate.ts';
import { sealingInputs } from './sealing-targets.ts';

/** Finds out what is meant, gets the values, seals them, writes the files, and says what it did. */
export async function sealValues(
  fleet: string,
  name: string | undefined,
  way: Way | undefined,
  options: SealOptions,
  context: CommandContext,
): Promise<number> {
  const givesValues = options.fromEnvFile !== undefined || options.fromFile !== undefined || options.stdin === true;
  if (givesValues || way === undefined) demandOne('environment', options.environment);
  if (givesValues || way === undefined || name !== undefined) demandOne('system', options.system);
  // New passwords everywhere are more than a slip of the finger should bring about.
  if (way === 'rotate' && options.environment === undefined)
    throw new UsageError('say which environment gets new values', 'as in stowage seal -e prod-eu --rotate');
  const inputs = await sealingInputs(fleet, options, context);
  if (inputs === undefined) return exitCodes.problems;
  const own = new Set(inputs.targets.map(sealedPath));
  const { sealed, broken } = sealedFiles(inputs.files, (path) => own.has(path));
  if (hasErrors(broken)) {
    for (const diagnostic of broken) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
    return exitCodes.problems;
  }
  const targets = inputs.targets.filter((target) => !target.external);
  if (targets.length === 0)
    throw new UsageError('there is nothing to seal: no secrets are declared, or a store outside has them');
  const isChosen = chosenBy(name, targets);
  const makes = targets.some((target) => target.keys.some((key) => isChosen(target, key) && key.generate !== undefined));
  if ((way === 'generate' || way === 'rotate') && name !== undefined && !makes)
    throw new UsageError(`\`${name}\` does not say how a value is made`, 'say `generate` in its declaration, or give a value');
  const now = new Date();
  const benches = new Map(
    [...new Set(targets.map(({ cluster }) => cluster))].map((cluster) => [
      cluster,
      sealingCertificate(inputs.files, cluster, now),
    ]),
  );
  const privateKeys = readPrivateKeys(options.privateKey ?? [], context);
  const asked = givesValues
    ? readValues(options, targets, isChosen, context)
    : way === undefined
      ? await askForValues(targets, isChosen, name === undefined, sealed, context)
      : new Map<string, Uint8Array>();
  const mac = keptMacKey(context.environment);
  const done: Planned[] = [];
  for (const group of bySystem(targets)) {
    const certificate = benches.get(group[0]?.cluster ?? '');
    if (certificate === undefined) continue;
    const bench: Workbench = { certificate, macKey: mac.key, today: now.toISOString().slice(0, 10), privateKeys };
    done.push(await plan({ group, asked, isChosen, way, sealed, bench, named: name !== undefined }));
  }
  context.signal.throwIfAborted();
  const report: SealReport = {
    way,
    note: mac.note,
    files: done.flatMap(({ files }) => files),
    left: done.flatMap(({ left }) => left),
    lacking: done.flatMap(({ lacking }) => lacking),
    kept: done.flatMap(({ kept }) => kept),
  };
  const written = new Map(report.files.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const])));
  for (const [path, text] of written) {
    const bytes = Buffer.byteLength(text);
    if (bytes > limits.fileBytes)
      throw new UsageError(
        `${path} would have ${bytes} bytes, more than the ${limits.fileBytes} that an input may have`,
        'nothing was written; ciphertext takes a third more than its value',
      );
  }
  writeInputs(fleet, written, inputs.files);
  return tellSealing(report, options, context);
}

interface Task {
  /** The secrets of one system in one environment. */
  readonly group: readonly SealingTarget[];
  readonly asked: Values;
  readonly isChosen: IsChosen;
  readonly named: boolean;
  readonly way: Way | undefined;
  readonly sealed: ReadonlyMap<string, SealedFile>;
  readonly bench: Workbench;
}

interface Planned {
  readonly files: readonly PlannedFile[];
  readonly left: readonly Left[];
  readonly lacking: readonly Lack[];
  /** Keys that could be generated and were given by a person, so that they are not rotated unasked. */
  readonly kept: readonly Left[];
}

async function plan({ group, asked, isChosen, named, way, sealed, bench }: Task): Promise<Planned> {
  const fileOf = (target: SealingTarget) => sealed.get(sealedPath(target));
  const opened = openAll(group, sealed, bench);
  const isKnown = (target: SealingTarget, key: SealingKey, value: Uint8Array) =>
    isSealedValue(value, key, target, fileOf(target), bench);
  if (way === 'rotateCertificate') {
    // What is made from values that were given again need not be given as well; what nobody can make is left by name.
    const remakes = (target: SealingTarget, { key }: SealingKey) =>
      needsCertificate(key, target, fileOf(target), bench) && !opened.has(valueId(target.secret, key));
    const assembled = await assembleValues(group, {
      given: asked,
      generates: (target, key) => key.generate !== undefined && !isIndependent(key) && remakes(target, key),
      composes: remakes,
      isKnown,
      sealed: opened,
    });
    const targets = named ? group.filter((target) => target.keys.some((key) => isChosen(target, key))) : group;
    return { ...planCertificateRotation(targets, sealed, assembled, bench), lacking: [], kept: [] };
  }
  const stateOf = (target: SealingTarget, key: SealingKey) => keyState(key, target, fileOf(target), undefined);
  const isMissing = (target: SealingTarget, key: SealingKey) => ['missing', 'stale'].includes(stateOf(target, key));
  const isOurs = (target: SealingTarget, key: SealingKey) =>
    named || isMissing(target, key) || fileOf(target)?.record.get(key.key)?.made !== undefined;
  // What is made from another key follows it, unless it is meant by name or not there yet.
  const rotates = (target: SealingTarget, key: SealingKey) =>
    way === 'rotate' && isOurs(target, key) && (named || isMissing(target, key) || isIndependent(key));
  const assembled: Assembled = await assembleValues(group, {
    given: asked,
    generates: (target, key) => isChosen(target, key) && (rotates(target, key) || (way === 'generate' && isMissing(target, key))),
    composes: (target, key) => isChosen(target, key) && isMissing(target, key),
    isKnown,
    sealed: opened,
  });
  const kept = group.flatMap((target): Left[] => {
    const keys = target.keys.filter((key) => isChosen(target, key) && isIndependent(key) && !isOurs(target, key));
    return way === 'rotate' && keys.length > 0 ? [{ target, keys: keys.map(({ key }) => key) }] : [];
  });
  return { ...planSealing(group, sealed, assembled, bench), lacking: assembled.lacking, kept };
}

/** What the controller's keys open of what is sealed already. */
function openAll(group: readonly SealingTarget[], sealed: ReadonlyMap<string, SealedFile>, bench: Workbench): Values {
  const values = new Map<string, Uint8Array>();
  if (bench.privateKeys.length === 0) return values;
  for (const target of group) {
    const file = sealed.get(sealedPath(target));
    for (const [key, blob] of file?.encrypted ?? []) {
      const value = file === undefined ? undefined : open(blob, file, bench);
      if (value !== undefined) values.set(valueId(target.secret, key), value);
    }
  }
  return values;
}

/** A secret, one of its keys, or without a name all that is used. */
function chosenBy(name: string | undefined, targets: readonly SealingTarget[]): IsChosen {
  if (name === undefined) return (target) => target.used;
  const [secret = '', key] = name.split(/\/(.*)/s);
  const named = targets.filter((target) => target.secret === secret);
  if (named.length === 0)
    throw new UsageError(
      `there is no secret \`${secret}\``,
      didYouMean(
        secret,
        targets.map((target) => target.secret),
      ),
    );
  const keys = named.flatMap((target) => target.keys.map((declared) => declared.key));
  if (key !== undefined && !keys.includes(key))
    throw new UsageError(`\`${secret}\` has no key \`${key}\``, didYouMean(key, keys));
  return (target, declared) => target.secret === secret && (key === undefined || declared.key === key);
}

function bySystem(targets: readonly SealingTarget[]): SealingTarget[][] {
  const groups = new Map<string, SealingTarget[]>();
  for (const target of targets) {
    const name = `${target.environment}/${target.system}`;
    groups.set(name, [...(groups.get(name) ?? []), target]);
  }
  return [...groups.values()];
}

/** A value belongs to one place. */
function demandOne(noun: string, names: readonly string[] | undefined): void {
  if (names?.length === 1) return;
  throw new UsageError(
    `say which ${noun} the values are for`,
    'as in stowage seal -e prod-eu -s flts postgres-credentials/password',
  );
}
