import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editYaml } from '../../src/edit/edit-yaml.ts';
import { get, parse, pathsOf } from './read-document.ts';

const root = new URL('../../', import.meta.url);
const files = globSync(['clusters/*/*.yaml', 'systems/*/system.yaml'], { cwd: root });
