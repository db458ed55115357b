// Takes the pictures of docs/images in the browser that tests use: the reference fleet with changes that nobody has
// committed, runs of drift, and a pipeline whose gates are known.
//
//   npm run screenshots

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
