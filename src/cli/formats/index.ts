import type { LintFormat } from '../options.ts';
import type { Format } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

export const formats: Readonly<Record<LintFormat, Format>> = { pretty, stylish, json, sarif, github };
