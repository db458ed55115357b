#!/usr/bin/env node
import module from 'node:module';

// Newer versions of Node keep compiled code between runs.
module.enableCompileCache?.();
await import('../dist/cli.js');
